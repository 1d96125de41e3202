package dev.lanewise.bench.report;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A training run as one page that needs nothing else: learning curves, confusion matrix, and what
 * was trained.
 */
public final class TrainingPage {
  /** Classes of whose confusion a page still shows something. */
  private static final int MOST_CLASSES = 100;

  private TrainingPage() {}

  /** All that the page shows; what there is none of is null. */
  private record Data(
      List<Fact> facts, List<Epoch> epochs, Confusion confusion, Table classes, Table epochTable) {}

  private record Epoch(
      int number,
      Double loss,
      Double rateFactor,
      Double validationLoss,
      Double validationAccuracy) {
    static Epoch of(History.Epoch epoch) {
      return new Epoch(
          epoch.number(),
          orNull(epoch.loss()),
          orNull(epoch.rateFactor()),
          orNull(epoch.validationLoss()),
          orNull(epoch.validationAccuracy()));
    }
  }

  /** Counts by actual class, then by what samples were taken for. */
  private record Confusion(List<String> classes, List<List<Integer>> counts) {}

  /**
   * The page.
   *
   * @param facts what was trained, by name
   * @param history the epochs
   * @param evaluation of the samples of validation; null if there are none
   * @return HTML in UTF-8
   */
  public static String html(List<Fact> facts, History history, Evaluation evaluation) {
    Data data =
        new Data(
            facts,
            history.epochs().stream().map(Epoch::of).toList(),
            evaluation == null || evaluation.classes().size() > MOST_CLASSES
                ? null
                : confusion(evaluation),
            evaluation == null ? null : classes(evaluation),
            epochTable(history));
    return PageTemplate.fill("training.html", Map.of("data", data));
  }

  private static Confusion confusion(Evaluation evaluation) {
    int classes = evaluation.classes().size();
    return new Confusion(
        evaluation.classes(),
        IntStream.range(0, classes)
            .mapToObj(
                actual ->
                    IntStream.range(0, classes)
                        .mapToObj(predicted -> evaluation.count(actual, predicted))
                        .toList())
            .toList());
  }

  private static Table classes(Evaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < evaluation.classes().size(); c++) {
      int actual = c;
      int samples =
          IntStream.range(0, evaluation.classes().size())
              .map(predicted -> evaluation.count(actual, predicted))
              .sum();
      rows.add(
          List.of(
              evaluation.classes().get(c),
              Integer.toString(samples),
              percent(evaluation.precision(c)),
              percent(evaluation.recall(c))));
    }
    return new Table(
        "Samples of validation", List.of("class", "samples", "precision", "recall"), 1, rows);
  }

  private static Table epochTable(History history) {
    return new Table(
        "Each epoch",
        List.of("epoch", "loss", "learning rate ×", "validation loss", "validation accuracy"),
        0,
        history.epochs().stream()
            .map(
                epoch ->
                    List.of(
                        Integer.toString(epoch.number()),
                        number(epoch.loss()),
                        number(epoch.rateFactor()),
                        number(epoch.validationLoss()),
                        percent(epoch.validationAccuracy())))
            .toList());
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.5f", value);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}

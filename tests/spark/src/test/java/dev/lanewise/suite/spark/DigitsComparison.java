package dev.lanewise.suite.spark;

import dev.lanewise.kernels.Lanes;
import dev.lanewise.spark.LanewiseClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.linalg.BLAS$;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * {@link LanewiseClassifier} beside Spark's {@link MultilayerPerceptronClassifier} on the UCI
 * digits: layers 64-128-128-10, the same cached rows in one partition, one core each, in turn in
 * one JVM that has been warmed up. Spark's network has sigmoids and is trained by L-BFGS on all
 * samples; ours batch norm and ReLU, trained by Adam on mini-batches. So they are compared by the
 * loss that they reach, cross-entropy on the training data in nats, and the time of the whole fit.
 */
final class DigitsComparison implements AutoCloseable {
  /** The median time of some fits, which are equal, and what they have learnt. */
  record Fit(int steps, double seconds, double loss, double accuracy) {}

  private final SparkSession session;
  private final Dataset<Row> training;
  private final Dataset<Row> test;

  DigitsComparison() {
    session = Loopback.session("local[1]").getOrCreate();
    training = Digits.training(session).cache();
    test = Digits.test(session).cache();
    training.count();
    test.count();
  }

  /** All figures; the argument is how often each is measured. */
  public static void main(String[] arguments) {
    int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    try (DigitsComparison digits = new DigitsComparison()) {
      digits.warmUp(3);
      System.out.printf(
          "64-128-128-10 on the UCI digits, one core each; %s; Spark's BLAS is %s%n",
          Lanes.describe(), BLAS$.MODULE$.nativeBLAS().getClass().getSimpleName());
      int block = digits.bestBlock(rounds);
      List<Fit> sparks = digits.sparks(List.of(25, 50, 100, 200, 400), block, rounds);
      List<Fit> ours = digits.ours(List.of(1, 2, 3, 5, 7, 10, 15, 20, 30, 60, 100), rounds);
      ours.forEach(
          fit ->
              System.out.printf(
                  "LanewiseClassifier, %d epochs: %.3f s, loss %.5f, test %.2f %%%n",
                  fit.steps, fit.seconds, fit.loss, 100 * fit.accuracy));
      System.out.println(table(sparks, ours));
    }
  }

  /** Until the code of both is compiled. */
  void warmUp(int times) {
    for (int i = 0; i < times; i++) {
      sparks(List.of(20), 128, 1);
      ours(List.of(10), 1);
    }
  }

  /** How many samples Spark should multiply at a time, by 25 iterations. */
  private int bestBlock(int rounds) {
    return List.of(32, 128, 512, 4096).stream()
        .min(
            Comparator.comparingDouble(
                block -> {
                  double seconds = sparks(List.of(25), block, rounds).getFirst().seconds;
                  System.out.printf("Spark's blockSize %d: %.3f s%n", block, seconds);
                  return seconds;
                }))
        .orElseThrow();
  }

  List<Fit> sparks(List<Integer> iterations, int block, int rounds) {
    return iterations.stream()
        .map(
            most ->
                fit(
                    most,
                    rounds,
                    new MultilayerPerceptronClassifier()
                        .setLayers(new int[] {64, 128, 128, 10})
                        .setBlockSize(block)
                        .setMaxIter(most)
                        .setSeed(1)))
        .toList();
  }

  List<Fit> ours(List<Integer> epochs, int rounds) {
    return epochs.stream()
        .map(
            number ->
                fit(
                    number,
                    rounds,
                    new LanewiseClassifier()
                        .setHidden(128, 128)
                        .setLearningRate(0.003)
                        .setDecay("cosine")
                        .setInputEps(1)
                        .setEpochs(number)
                        .setSeed(1)))
        .toList();
  }

  private Fit fit(int steps, int rounds, Predictor<Vector, ?, ?> classifier) {
    double[] seconds = new double[rounds];
    Transformer model = null;
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      model = classifier.fit(training);
      seconds[i] = 1e-9 * (System.nanoTime() - start);
    }
    Arrays.sort(seconds);
    return new Fit(steps, seconds[rounds / 2], loss(model), accuracy(model));
  }

  /** The mean of log Σ e^logits - the logit of the label. */
  private double loss(Transformer model) {
    double sum = 0;
    List<Row> rows = model.transform(training).select("label", "rawPrediction").collectAsList();
    for (Row row : rows) {
      double[] logits = row.<Vector>getAs(1).toArray();
      double max = Arrays.stream(logits).max().orElseThrow();
      double exps = Arrays.stream(logits).map(logit -> Math.exp(logit - max)).sum();
      sum += max + Math.log(exps) - logits[((Number) row.get(0)).intValue()];
    }
    return sum / rows.size();
  }

  private double accuracy(Transformer model) {
    Dataset<Row> predictions = model.transform(test);
    return (double) predictions.filter("label = prediction").count() / predictions.count();
  }

  /** The fastest of some fits that has learnt as much as another; null if none has. */
  static Fit asGood(Fit other, List<Fit> fits) {
    return fits.stream()
        .filter(fit -> fit.loss <= other.loss)
        .min(Comparator.comparingDouble(Fit::seconds))
        .orElse(null);
  }

  private static String table(List<Fit> sparks, List<Fit> ours) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| Spark's iterations | s | loss | test % | epochs to that loss | s | test % | faster |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (Fit spark : sparks) {
      Fit our = asGood(spark, ours);
      String beside =
          our == null
              ? "none | | |"
              : "%d | %.3f | %.2f | %.1f |"
                  .formatted(
                      our.steps, our.seconds, 100 * our.accuracy, spark.seconds / our.seconds);
      lines.add(
          "| %d | %.2f | %.5f | %.2f | %s"
              .formatted(spark.steps, spark.seconds, spark.loss, 100 * spark.accuracy, beside));
    }
    return String.join(System.lineSeparator(), lines);
  }

  @Override
  public void close() {
    session.stop();
  }
}

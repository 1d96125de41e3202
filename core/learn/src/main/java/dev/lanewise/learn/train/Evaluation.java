package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.MiniBatches;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.internal.Checks;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** How well a network classifies a data set: loss, accuracy, and which classes it confuses. */
public final class Evaluation {
  private final double loss;
  private final List<String> classes;
  private final int[][] confusion;
  private final int samples;

  private Evaluation(double loss, List<String> classes, int[][] confusion, int samples) {
    this.loss = loss;
    this.classes = classes;
    this.confusion = confusion;
    this.samples = samples;
  }

  /**
   * Runs a network over a data set, in the order of its samples and in batches of the session's
   * capacity.
   *
   * @param network the network
   * @param session computes its logits and its cost
   * @param data the data set
   * @return what came out
   * @throws IllegalArgumentException if features or classes are other than the network's
   */
  public static Evaluation of(Network network, Session session, Dataset data) {
    Checks.notNull("Evaluation", "network", network);
    Checks.notNull("Evaluation", "session", session);
    Checks.notNull("Evaluation", "data", data);
    network.checkFit(data);
    MiniBatches batches = MiniBatches.inOrder(data.samples(), session.capacity());
    int[][] confusion = new int[data.classes().size()][data.classes().size()];
    Labels predicted = Labels.of(new int[session.capacity()]);
    double sum = 0;
    for (int b = 0; b < batches.count(); b++) {
      int size = batches.size(b);
      FloatMatrix inputs = session.input(network.inputs(), size);
      Labels labels = session.input(network.labels(), size);
      batches.gather(data, b, inputs, labels.array());
      sum += size * (double) session.run(Mode.INFERENCE, network.cost()).get(0, 0);
      Labels best = predicted.slice(0, size);
      Reduce.rowArgmax(session.lastValue(network.logits()), best);
      for (int i = 0; i < size; i++) {
        confusion[labels.get(i)][best.get(i)]++;
      }
    }
    return new Evaluation(sum / data.samples(), data.classes(), confusion, data.samples());
  }

  /**
   * The mean cost.
   *
   * @return NaN of no samples
   */
  public double loss() {
    return loss;
  }

  /**
   * The share of samples that were classified rightly.
   *
   * @return from 0 to 1; NaN of no samples
   */
  public double accuracy() {
    int right = 0;
    for (int c = 0; c < confusion.length; c++) {
      right += confusion[c][c];
    }
    return (double) right / samples;
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * The confusion matrix.
   *
   * @param actual a class
   * @param predicted a class
   * @return how many samples of the one were taken for the other
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int count(int actual, int predicted) {
    Objects.checkIndex(actual, confusion.length);
    Objects.checkIndex(predicted, confusion.length);
    return confusion[actual][predicted];
  }

  /**
   * Of the samples that were taken for a class, the share that are of it.
   *
   * @param predicted the class
   * @return from 0 to 1; NaN if none was
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double precision(int predicted) {
    Objects.checkIndex(predicted, confusion.length);
    int all = 0;
    for (int[] row : confusion) {
      all += row[predicted];
    }
    return (double) confusion[predicted][predicted] / all;
  }

  /**
   * Of the samples of a class, the share that were taken for it.
   *
   * @param actual the class
   * @return from 0 to 1; NaN if there is none
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double recall(int actual) {
    Objects.checkIndex(actual, confusion.length);
    int all = 0;
    for (int count : confusion[actual]) {
      all += count;
    }
    return (double) confusion[actual][actual] / all;
  }

  /** Accuracy, precision and recall of each class, and the confusion matrix, as text. */
  @Override
  public String toString() {
    int width = classes.stream().mapToInt(String::length).max().orElse(0);
    width = Math.max(width, Integer.toString(samples).length()) + 1;
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "accuracy: %.2f %%%n", 100 * accuracy()));
    text.append(String.format(Locale.ROOT, "loss: %.5f%n%n", loss));
    text.append(String.format("%" + width + "s  precision    recall  taken for%n", "class"));
    text.append(" ".repeat(width + 22));
    String column = "%" + width + "s";
    classes.forEach(name -> text.append(column.formatted(name)));
    text.append(System.lineSeparator());
    for (int c = 0; c < classes.size(); c++) {
      text.append(String.format("%" + width + "s", classes.get(c)));
      text.append("%11s%10s ".formatted(percent(precision(c)), percent(recall(c))));
      for (int count : confusion[c]) {
        text.append(String.format("%" + width + "d", count));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}

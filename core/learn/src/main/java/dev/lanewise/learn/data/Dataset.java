package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Samples to classify: sample i is row i of the inputs, and its class is {@code
 * classes.get(labels.get(i))}. Two data sets are equal if they are the same views, whatever the
 * elements.
 *
 * @param inputs a sample in each row, a feature in each column; a dense row-major matrix
 * @param labels the class index of each sample
 * @param classes the name of each class
 */
public record Dataset(FloatMatrix inputs, Labels labels, List<String> classes) {
  private static final String NAME = "Dataset";

  /**
   * A data set of these very views; the list is copied.
   *
   * @throws NullPointerException if an argument, or a name, is null
   * @throws IllegalArgumentException if the matrix is not dense and row-major, the numbers of rows
   *     and labels differ, a label is no class, or a name is there twice
   */
  public Dataset {
    Checks.notNull(NAME, "inputs", inputs);
    Checks.notNull(NAME, "labels", labels);
    classes = ClassNames.copy(NAME, classes);
    if (inputs.columnStride() != 1 || inputs.rowStride() != inputs.columns()) {
      throw new IllegalArgumentException(
          NAME + ": inputs is " + inputs + "; it must be dense and row-major");
    }
    if (inputs.rows() != labels.length()) {
      throw new IllegalArgumentException(
          "%s: %d labels for %d rows of inputs".formatted(NAME, labels.length(), inputs.rows()));
    }
    for (int i = 0; i < labels.length(); i++) {
      if (labels.get(i) < 0 || labels.get(i) >= classes.size()) {
        throw new IllegalArgumentException(
            "%s: label %d is %d; there are %d classes"
                .formatted(NAME, i, labels.get(i), classes.size()));
      }
    }
  }

  /**
   * The number of samples.
   *
   * @return the rows of the inputs
   */
  public int samples() {
    return inputs.rows();
  }

  /**
   * The number of features.
   *
   * @return the columns of the inputs
   */
  public int features() {
    return inputs.columns();
  }

  /**
   * The samples {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first sample
   * @param to the sample behind the last
   * @return views of this data set's elements, with the same classes
   * @throws IndexOutOfBoundsException if the range does not lie within the samples
   */
  public Dataset rows(int from, int to) {
    return new Dataset(inputs.rows(from, to), labels.slice(from, to), classes);
  }

  /**
   * Some samples, in any order, any number of times.
   *
   * @param rows the index of each
   * @return a copy of them, with the same classes
   * @throws NullPointerException if the array is null
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws IllegalArgumentException if an array cannot hold the copy
   */
  public Dataset select(int... rows) {
    Checks.notNull(NAME, "rows", rows);
    for (int row : rows) {
      Objects.checkIndex(row, samples());
    }
    FloatMatrix copy = FloatMatrix.zeros(rows.length, features());
    int[] copyLabels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      copyRow(rows[i], copy.array(), i * features());
      copyLabels[i] = labels.get(rows[i]);
    }
    return new Dataset(copy, Labels.of(copyLabels), classes);
  }

  /** Copies a row of the inputs to where it shall begin in an array. */
  void copyRow(int row, float[] to, int offset) {
    int from = inputs.offset() + row * features();
    System.arraycopy(inputs.array(), from, to, offset, features());
  }

  /**
   * Divides the samples at random: a permutation that depends on their number and the seed alone is
   * cut behind its first round(fraction · samples) elements.
   *
   * @param fraction the share of the first part, from 0 to 1
   * @param seed which of the divisions
   * @return copies of the samples, with the same classes
   * @throws IllegalArgumentException if the fraction is none
   */
  public Split split(double fraction, long seed) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "Dataset.split: fraction is " + fraction + "; it must be from 0 to 1");
    }
    int[] order = new int[samples()];
    Shuffle.permutation(order, seed, Shuffle.SPLIT, 0);
    int cut = (int) Math.round(fraction * samples());
    return new Split(
        select(Arrays.copyOf(order, cut)), select(Arrays.copyOfRange(order, cut, order.length)));
  }
}

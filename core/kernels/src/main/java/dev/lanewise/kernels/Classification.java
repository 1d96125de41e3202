package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * How well scores, such as logits or probabilities, choose classes.
 *
 * <p>A class is better than another if its score is higher, NaN being higher than all numbers and
 * +0 than -0, or the same at a lower index. So the best class is the one that {@link
 * Reduce#rowArgmax} gives.
 */
public final class Classification {
  private static final String ACCURACY = "Classification.accuracy";
  private static final String TOP_K_ACCURACY = "Classification.topKAccuracy";
  private static final String TOP_K = "Classification.topK";

  private Classification() {}

  /**
   * The part of the rows whose best class is their label.
   *
   * @param x the scores, m×n, any strides
   * @param labels the class of each row
   * @return from 0 to 1; NaN if there are no rows
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one label for each row or one is no class
   */
  public static double accuracy(FloatMatrix x, Labels labels) {
    Checks.notNull(ACCURACY, "X", x);
    Operands.labels(ACCURACY, x, labels, null);
    return part(x, labels, null, 1);
  }

  /**
   * The part of the rows whose best class is their label, without the rows that {@link
   * CrossEntropy#ignoring} leaves out.
   *
   * @param x the scores, m×n, any strides
   * @param labels the class of each row
   * @param ignored the label of rows that do not count, which need not be a class
   * @return from 0 to 1; NaN if no rows count
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one label for each row or one that counts is
   *     no class
   */
  public static double accuracy(FloatMatrix x, Labels labels, int ignored) {
    Checks.notNull(ACCURACY, "X", x);
    Operands.labels(ACCURACY, x, labels, ignored);
    return part(x, labels, ignored, 1);
  }

  /**
   * The part of the rows whose label is among their k best classes.
   *
   * @param x the scores, m×n, any strides
   * @param labels the class of each row
   * @param k how many classes count
   * @return from 0 to 1; NaN if there are no rows
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there is not one label for each row, one is no class, or k
   *     is less than 1
   */
  public static double topKAccuracy(FloatMatrix x, Labels labels, int k) {
    Checks.notNull(TOP_K_ACCURACY, "X", x);
    Operands.labels(TOP_K_ACCURACY, x, labels, null);
    Checks.positive(TOP_K_ACCURACY, "k", k);
    return part(x, labels, null, k);
  }

  private static double part(FloatMatrix x, Labels labels, Integer ignored, int k) {
    int right = 0;
    int count = 0;
    for (int i = 0; i < x.rows(); i++) {
      int label = labels.get(i);
      if (ignored != null && label == ignored) {
        continue;
      }
      count++;
      int better = 0;
      for (int j = 0; j < x.columns(); j++) {
        better += isBetter(x, i, j, label) ? 1 : 0;
      }
      right += better < k ? 1 : 0;
    }
    return right / (double) count;
  }

  /**
   * The k best classes of each row, the best first.
   *
   * @param x the scores, m×n, any strides
   * @param k how many classes, from 1 to n
   * @param classes k labels for each row, row behind row
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if there are not m·k labels or k is not from 1 to n; nothing
   *     is written then
   */
  public static void topK(FloatMatrix x, int k, Labels classes) {
    Checks.notNull(TOP_K, "X", x);
    Checks.notNull(TOP_K, "classes", classes);
    Checks.positive(TOP_K, "k", k);
    if (k > x.columns()) {
      throw Checks.shape(TOP_K, "X", Operands.shape(x), "k", k, "it must not exceed X's columns");
    }
    if (classes.length() != (long) x.rows() * k) {
      throw Checks.shape(
          TOP_K,
          "classes' length",
          classes.length(),
          "the number of rows times k",
          (long) x.rows() * k,
          "it must be equal");
    }
    int[] array = classes.array();
    for (int i = 0; i < x.rows(); i++) {
      int first = classes.offset() + i * k;
      for (int j = 0; j < x.columns(); j++) {
        int at = Math.min(j, k);
        if (at == k && !isBetter(x, i, j, array[first + k - 1])) {
          continue;
        }
        at = Math.min(at, k - 1);
        while (at > 0 && isBetter(x, i, j, array[first + at - 1])) {
          array[first + at] = array[first + at - 1];
          at--;
        }
        array[first + at] = j;
      }
    }
  }

  private static boolean isBetter(FloatMatrix x, int i, int j, int other) {
    float[] array = x.array();
    int row = x.offset() + i * x.rowStride();
    int order =
        Float.compare(array[row + j * x.columnStride()], array[row + other * x.columnStride()]);
    return order > 0 || (order == 0 && j < other);
  }
}

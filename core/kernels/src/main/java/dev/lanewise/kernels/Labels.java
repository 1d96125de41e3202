package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * A contiguous view of an {@code int[]} as class indices, one per sample: label i lies at {@code
 * offset + i}. That each label is a class is checked by the operation that uses it, which knows the
 * number of classes.
 */
public final class Labels implements Targets {
  private final int[] array;
  private final int offset;
  private final int length;

  private Labels(int[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * A whole array.
   *
   * @param array the labels
   * @return the view
   * @throws NullPointerException if the array is null
   */
  public static Labels of(int... array) {
    Checks.notNull("Labels", "array", array);
    return new Labels(array, 0, array.length);
  }

  /**
   * A part of an array.
   *
   * @param array the labels
   * @param offset the index of label 0
   * @param length the number of labels
   * @return the view
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if a number is negative or the view reaches beyond the array
   */
  public static Labels of(int[] array, int offset, int length) {
    Checks.layout("Labels", array, offset, length);
    return new Labels(array, offset, length);
  }

  /**
   * The array that holds the labels.
   *
   * @return the array itself, not a copy
   */
  public int[] array() {
    return array;
  }

  /**
   * The index of label 0 in the array.
   *
   * @return the offset
   */
  public int offset() {
    return offset;
  }

  /**
   * The number of labels.
   *
   * @return the length
   */
  public int length() {
    return length;
  }

  /**
   * Label i.
   *
   * @param i the index
   * @return the class of sample i
   * @throws IndexOutOfBoundsException if there is no such label
   */
  public int get(int i) {
    Checks.index("label", i, length);
    return array[offset + i];
  }

  /**
   * The labels {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first label
   * @param to the label behind the last
   * @return the view
   * @throws IndexOutOfBoundsException if the range does not lie within the labels
   */
  public Labels slice(int from, int to) {
    Checks.range("labels", from, to, length);
    return new Labels(array, offset + from, to - from);
  }

  /**
   * The layout in one line, for messages: length and offset, no labels.
   *
   * @return for example {@code 5 (offset 0)}
   */
  @Override
  public String toString() {
    return "%d (offset %d)".formatted(length, offset);
  }
}

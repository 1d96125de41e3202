package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * A view of a {@code float[]} as a vector: element i lies at {@code offset + i·stride}.
 *
 * <p>It is called a span because the Vector API's {@code FloatVector} is something else: a
 * register. As with {@link FloatMatrix}, the stride is at least 0, an output's elements must be
 * distinct, and the factory methods check once that every element lies inside the array.
 */
public final class FloatSpan {
  private final float[] array;
  private final int offset;
  private final int length;
  private final int stride;

  private FloatSpan(float[] array, int offset, int length, int stride) {
    this.array = array;
    this.offset = offset;
    this.length = length;
    this.stride = stride;
  }

  /**
   * A whole array.
   *
   * @param array the elements
   * @return the view
   * @throws NullPointerException if the array is null
   */
  public static FloatSpan of(float[] array) {
    Checks.notNull("FloatSpan", "array", array);
    return new FloatSpan(array, 0, array.length, 1);
  }

  /**
   * A contiguous part of an array.
   *
   * @param array the elements
   * @param offset the index of element 0
   * @param length the number of elements
   * @return the view
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if a number is negative or the span reaches beyond the array
   */
  public static FloatSpan of(float[] array, int offset, int length) {
    return of(array, offset, length, 1);
  }

  /**
   * A view with any stride.
   *
   * @param array the elements
   * @param offset the index of element 0
   * @param length the number of elements
   * @param stride the distance from one element to the next
   * @return the view
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if a number is negative or the span reaches beyond the array
   */
  public static FloatSpan of(float[] array, int offset, int length, int stride) {
    Checks.layout("FloatSpan", array, offset, length, stride);
    return new FloatSpan(array, offset, length, stride);
  }

  /**
   * A new span of zeros.
   *
   * @param length the number of elements
   * @return the view of a new array
   * @throws IllegalArgumentException if the length is negative or no array can be that long
   */
  public static FloatSpan zeros(int length) {
    Checks.notNegative("FloatSpan", "length", length);
    Checks.fits("FloatSpan", 1, length, length);
    return of(new float[length]);
  }

  /**
   * The array that holds the elements.
   *
   * @return the array itself, not a copy
   */
  public float[] array() {
    return array;
  }

  /**
   * The index of element 0 in the array.
   *
   * @return the offset
   */
  public int offset() {
    return offset;
  }

  /**
   * The number of elements.
   *
   * @return the length
   */
  public int length() {
    return length;
  }

  /**
   * The distance from one element to the next, in elements.
   *
   * @return the stride
   */
  public int stride() {
    return stride;
  }

  /**
   * Element i.
   *
   * @param i the index
   * @return the element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public float get(int i) {
    Checks.index("element", i, length);
    return array[offset + i * stride];
  }

  /**
   * Replaces element i.
   *
   * @param i the index
   * @param value the new element
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(int i, float value) {
    Checks.index("element", i, length);
    array[offset + i * stride] = value;
  }

  /**
   * The elements {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from the first element
   * @param to the element behind the last
   * @return the view
   * @throws IndexOutOfBoundsException if the range does not lie within the elements
   */
  public FloatSpan slice(int from, int to) {
    Checks.range("elements", from, to, length);
    return new FloatSpan(array, from == to ? offset : offset + from * stride, to - from, stride);
  }

  /**
   * The layout in one line, for messages: length, stride and offset, no elements.
   *
   * @return for example {@code 5 (stride 1; offset 0)}
   */
  @Override
  public String toString() {
    return "%d (stride %d; offset %d)".formatted(length, stride, offset);
  }
}

package dev.lanewise.bench.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The extents of a benchmark's operands, written as {@code 256x1000}: rows times columns, or for a
 * product M×K×N, behind the number of products where they are many. What is normalised may have
 * three as well; a network has its batch, features, hidden units and classes.
 *
 * @param extents the extents, each at least 1
 */
public record Shape(List<Integer> extents) {
  private static final Map<Integer, String> EXAMPLES =
      Map.of(2, "256x1000", 3, "64x64x128", 4, "1000x16x16x16");

  /** Copies the extents. */
  public Shape {
    extents = List.copyOf(extents);
  }

  /**
   * Reads a shape.
   *
   * @param text for example {@code 256x1000}
   * @param dimensions how many extents there must be
   * @return the shape
   * @throws IllegalArgumentException if the text is no such shape
   */
  public static Shape parse(String text, int dimensions) {
    return parse(text, dimensions, dimensions);
  }

  /** Reads a shape that may have more than one number of extents. */
  static Shape parse(String text, int least, int most) {
    if (!text.matches("[1-9]\\d{0,8}(x[1-9]\\d{0,8}){%d,%d}".formatted(least - 1, most - 1))) {
      throw new IllegalArgumentException(
          "shape is \"%s\"; expected %s extents such as %s"
              .formatted(text, least == most ? least : least + " to " + most, EXAMPLES.get(least)));
    }
    return new Shape(Arrays.stream(text.split("x")).map(Integer::valueOf).toList());
  }

  /**
   * One extent.
   *
   * @param dimension its index
   * @return the extent
   */
  public int extent(int dimension) {
    return extents.get(dimension);
  }

  /**
   * The product of the extents.
   *
   * @return the elements of a matrix, or the multiply-adds of a product
   */
  public long size() {
    return extents.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /**
   * Whether all extents are the same.
   *
   * @return whether they are
   */
  public boolean isSquare() {
    return extents.stream().distinct().count() == 1;
  }

  /**
   * The text that {@link #parse} reads.
   *
   * @return for example {@code 256x1000}
   */
  @Override
  public String toString() {
    return extents.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}

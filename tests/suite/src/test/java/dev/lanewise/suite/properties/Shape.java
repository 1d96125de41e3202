package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatMatrix;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * A matrix before it has elements.
 *
 * @param rows the number of rows
 * @param columns the number of columns
 * @param layout how it lies in its array
 * @param seed the seed of its elements
 */
public record Shape(int rows, int columns, Layout layout, long seed) {

  /** The elements' source, from its start. */
  public Samples samples() {
    return new Samples(seed);
  }

  /** A matrix of NaN. */
  public FloatMatrix matrix() {
    return layout.matrix(rows, columns);
  }

  private static Arbitrary<Shape> upTo(int rows, int columns) {
    return Combinators.combine(
            Arbitraries.integers().between(1, rows),
            Arbitraries.integers().between(1, columns),
            Arbitraries.of(Layout.class),
            Arbitraries.longs().withoutEdgeCases())
        .as(Shape::new);
  }

  /** Up to 12 × 12: differences in every direction take their time. */
  public static final class Small implements ArbitrarySupplier<Shape> {
    @Override
    public Arbitrary<Shape> get() {
      return upTo(12, 12);
    }
  }

  /** Up to 20 × 200. */
  public static final class Medium implements ArbitrarySupplier<Shape> {
    @Override
    public Arbitrary<Shape> get() {
      return upTo(20, 200);
    }
  }
}

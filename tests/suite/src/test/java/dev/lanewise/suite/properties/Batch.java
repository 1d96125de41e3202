package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.internal.scalar.ScalarColumns;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * A mini-batch of samples in rows: what fixes it, elements aside.
 *
 * @param rows the samples
 * @param columns the features
 * @param layout how the matrix lies in its array
 * @param pattern how a feature runs down its column
 * @param mean where the features lie, in deviations; negated in every second one
 * @param deviation the scale of every feature
 * @param seed the seed of the elements
 */
public record Batch(
    int rows,
    int columns,
    Layout layout,
    Pattern pattern,
    double mean,
    double deviation,
    long seed) {

  /** How a feature runs down its column. */
  public enum Pattern {
    /** Independent normal deviates. */
    NORMAL,
    /** One value. */
    CONSTANT,
    /** Normal deviates around a level that rises by a deviation with each row. */
    DRIFTING,
    /**
     * One large element in each chunk of 64 rows, and beside every addition to it one that is just
     * small enough, or whose square is in every second feature, to be lost: the largest error of a
     * sum. The mean is not added, which would round them away.
     */
    SWAMPED
  }

  private static final int CHUNK = ScalarColumns.CHUNK;
  private static final int GROUP = ScalarColumns.GROUP;

  /** The input matrix. */
  public FloatMatrix z() {
    FloatMatrix z = Views.matrix(layout, rows, columns);
    Mix mix = new Mix(seed);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        z.set(i, j, (float) (deviation * deviate(mix, i, j)));
      }
    }
    return z;
  }

  private double deviate(Mix mix, int i, int j) {
    double centre = j % 2 == 0 ? mean : -mean;
    return switch (pattern) {
      case NORMAL -> centre + mix.normal();
      case CONSTANT -> centre + 1;
      case DRIFTING -> centre + i + mix.normal();
      case SWAMPED -> swamped(i, j);
    };
  }

  private double swamped(int i, int j) {
    int row = i % CHUNK;
    int grouped = Math.min(CHUNK, rows - (i - row)) / GROUP * GROUP;
    if (row == 0) { // the pivot
      return 0;
    }
    if (row == 2) {
      return 1;
    }
    boolean added = row == 3 || row % GROUP == 0 || row >= grouped;
    return added ? 0.98 * (j % 2 == 0 ? 0x1p-24 : 0x1p-12) : 0;
  }

  /** Up to 300 × 40, scales from 10^-3 to 10^3, means up to 10^4 deviations. */
  public static final class Any implements ArbitrarySupplier<Batch> {
    @Override
    public Arbitrary<Batch> get() {
      Arbitrary<Integer> rows =
          Arbitraries.oneOf(
              Arbitraries.integers().between(1, 300), Arbitraries.of(1, 2, 63, 64, 65, 127, 300));
      Arbitrary<Double> means = Arbitraries.of(0.0, 0.1, 1.0, -10.0, 100.0, -1000.0, 10000.0);
      Arbitrary<Double> deviations = Arbitraries.of(1.0, 0.001, 0.03, 10.0, 1000.0);
      // The edges of all combined would leave no room for the rest.
      return Combinators.combine(
              rows,
              Arbitraries.integers().between(1, 40),
              Arbitraries.of(Matrices.LAYOUTS).withoutEdgeCases(),
              Arbitraries.of(Pattern.class).withoutEdgeCases(),
              means.withoutEdgeCases(),
              deviations.withoutEdgeCases(),
              Arbitraries.longs().withoutEdgeCases())
          .as(Batch::new);
    }
  }
}

package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Logits of samples in rows: what fixes them, elements aside.
 *
 * @param rows the samples
 * @param columns the classes
 * @param layout how the matrix lies in its array
 * @param pattern how a row looks
 * @param shift what is added to every logit
 * @param spread the logits' deviation
 * @param seed the seed of the elements
 */
public record Logits(
    int rows, int columns, Layout layout, Pattern pattern, double shift, double spread, long seed) {

  /** How a row looks. */
  public enum Pattern {
    /** Independent normal deviates. */
    NORMAL,
    /**
     * One large logit, and in the same virtual lane of the sum (every 64th element) exponentials
     * just small enough to be lost in each addition to it: the largest error of a sum.
     */
    SWAMPED
  }

  private static final int LANES = 64;

  /** The logits. */
  public FloatMatrix x() {
    FloatMatrix x = Views.matrix(layout, rows, columns);
    Mix mix = new Mix(seed);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double logit = pattern == Pattern.NORMAL ? spread * mix.normal() : swamped(j);
        x.set(i, j, (float) (shift + logit));
      }
    }
    return x;
  }

  private static double swamped(int j) {
    // e^-16.64 is just below u, half an ulp of 1.
    return j == 0 ? 0 : j % LANES == 0 ? -16.64 : -17.5;
  }

  /** A label for each row; class 0, the large one, where the pattern is {@link Pattern#SWAMPED}. */
  public Labels labels() {
    return pattern == Pattern.SWAMPED
        ? Labels.of(new int[rows])
        : Labels.of(new Mix(~seed).labels(rows, columns));
  }

  /** Up to 150 rows and up to 5000 classes, not both; spreads from 0.01 to 10^4. */
  public static final class Any implements ArbitrarySupplier<Logits> {
    @Override
    public Arbitrary<Logits> get() {
      Arbitrary<Integer> columns =
          Arbitraries.frequencyOf(
              Tuple.of(6, Arbitraries.integers().between(1, 100)),
              Tuple.of(2, Arbitraries.integers().between(100, 2000)),
              Tuple.of(1, Arbitraries.of(64, 4096, 5000)));
      return columns.flatMap(
          n ->
              Combinators.combine(
                      Arbitraries.integers().between(1, n <= 100 ? 150 : 4),
                      Arbitraries.of(Matrices.LAYOUTS).withoutEdgeCases(),
                      Arbitraries.of(Pattern.class).withoutEdgeCases(),
                      Arbitraries.of(0.0, 1.0, -100.0, 10000.0).withoutEdgeCases(),
                      Arbitraries.of(1.0, 0.01, 10.0, 100.0, 10000.0).withoutEdgeCases(),
                      Arbitraries.longs().withoutEdgeCases())
                  .as(
                      (m, layout, pattern, shift, spread, seed) ->
                          new Logits(m, n, layout, pattern, shift, spread, seed)));
    }
  }
}

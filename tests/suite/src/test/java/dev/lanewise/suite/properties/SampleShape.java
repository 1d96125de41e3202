package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Samples;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.function.DoubleSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;

/**
 * Samples of features of either kind: a matrix, or channels first. The oracle has both as a matrix
 * with a sample in each row.
 *
 * @param sums the kind: {@link Sums#COLUMN} is a matrix of size·length rows, {@link Sums#ROW} size
 *     matrices with channels first
 * @param size the number of matrices with channels first
 * @param features the number of features
 * @param length the samples of each matrix
 * @param layout how a matrix and spans lie
 * @param channels how channels lie
 * @param seed the seed of the elements
 */
public record SampleShape(
    Sums sums,
    int size,
    int features,
    int length,
    Layout layout,
    ChannelsLayout channels,
    long seed) {

  /** The number of samples. */
  public int m() {
    return size * length;
  }

  /** The number of features. */
  public int n() {
    return features;
  }

  /** Random numbers that belong to this shape. */
  public Mix mix() {
    return new Mix(seed);
  }

  /** Samples of what a source gives, sample by sample. */
  public Samples samples(DoubleSupplier elements) {
    return sums == Sums.COLUMN
        ? Views.matrix(layout, m(), features, elements)
        : channels.batch(size, features, length, elements);
  }

  /** Samples of NaN. */
  public Samples samples() {
    return samples(() -> Double.NaN);
  }

  /** A number for each feature. */
  public FloatSpan span(DoubleSupplier elements) {
    return Views.span(layout, features, elements);
  }

  /** NaN for each feature. */
  public FloatSpan span() {
    return span(() -> Double.NaN);
  }

  /** The elements as those of a matrix with a sample in each row. */
  public static Elements elements(Samples x) {
    return switch (x) {
      case FloatMatrix matrix -> matrix::get;
      case FloatBatch batch -> ChannelsLayout.samples(batch);
    };
  }

  /** The same as dense row-major doubles. */
  public static double[] wide(Samples x) {
    return switch (x) {
      case FloatMatrix matrix -> Views.wide(matrix);
      case FloatBatch batch -> ChannelsLayout.wide(batch);
    };
  }

  /** Mean, variance and their figures. */
  public MomentFigures moments(double[] x) {
    return sums == Sums.COLUMN
        ? new MomentFigures(m(), features, x)
        : MomentFigures.channels(length, m(), features, x);
  }

  /** The figures with such statistics. */
  public BatchNormFigures figures(double[] x, double eps, MomentFigures moments) {
    return new BatchNormFigures(sums, m(), features, x, eps, moments);
  }

  /** The figures with the batch's own statistics. */
  public BatchNormFigures figures(double[] x, double eps) {
    return figures(x, eps, moments(x));
  }

  private static Arbitrary<SampleShape> upTo(int sizes, int features, int lengths) {
    return Combinators.combine(
            Arbitraries.of(Sums.class).withoutEdgeCases(),
            Arbitraries.integers().between(1, sizes).withoutEdgeCases(),
            Arbitraries.integers().between(1, features).withoutEdgeCases(),
            Arbitraries.integers().between(1, lengths).withoutEdgeCases(),
            Arbitraries.of(Matrices.LAYOUTS).withoutEdgeCases(),
            Arbitraries.of(ChannelsLayout.class).withoutEdgeCases(),
            Arbitraries.longs().withoutEdgeCases())
        .as(SampleShape::new);
  }

  /** Up to 6·100 samples of 20 features. */
  public static final class Any implements ArbitrarySupplier<SampleShape> {
    @Override
    public Arbitrary<SampleShape> get() {
      return upTo(6, 20, 100);
    }
  }

  /** Up to 3·5 samples of 5 features: differences in every direction take their time. */
  public static final class Small implements ArbitrarySupplier<SampleShape> {
    @Override
    public Arbitrary<SampleShape> get() {
      return upTo(3, 5, 5);
    }
  }
}

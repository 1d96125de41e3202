package dev.lanewise.suite.properties;

import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.testkit.operand.Mix;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A mini-batch with channels first: what fixes it, elements aside.
 *
 * @param size the number of matrices
 * @param channels the features, a row of each matrix
 * @param length the samples in a row
 * @param layout how the elements lie in their array
 * @param pattern how a feature runs along
 * @param mean where the features lie, in deviations; negated in every second one
 * @param deviation the scale of every feature
 * @param seed the seed of the elements
 */
public record FeatureMaps(
    int size,
    int channels,
    int length,
    ChannelsLayout layout,
    Pattern pattern,
    double mean,
    double deviation,
    long seed) {

  /** How a feature runs along. */
  public enum Pattern {
    /** Independent normal deviates. */
    NORMAL,
    /** One value. */
    CONSTANT,
    /** Normal deviates around a level that rises by a deviation with each matrix. */
    DRIFTING,
    /**
     * In every second one of 64 lanes 1, and beside every addition to it one that is just small
     * enough, or whose square is in every second feature, to be lost. What the others hold makes
     * the mean 0, which would else be subtracted from the small ones: their opposites, of which
     * none is lost, and -1 at last. The mean is not added.
     */
    SWAMPED
  }

  private static final int LANES = 64;
  private static final int BLOCK = 4096;

  /** The number of samples. */
  public int samples() {
    return size * length;
  }

  /** The input. */
  public FloatBatch x() {
    Mix mix = new Mix(seed);
    int[] next = {0};
    return layout.batch(
        size,
        channels,
        length,
        () -> {
          int i = next[0] / channels;
          int c = next[0]++ % channels;
          return deviation * deviate(mix, i, c);
        });
  }

  /** A gradient of the output. */
  public FloatBatch gradient(Pattern kind) {
    return new FeatureMaps(size, channels, length, layout, kind, 0, 1, ~seed).x();
  }

  private double deviate(Mix mix, int i, int c) {
    double centre = c % 2 == 0 ? mean : -mean;
    int level = i / length;
    return switch (pattern) {
      case NORMAL -> centre + mix.normal();
      case CONSTANT -> centre + 1;
      case DRIFTING -> centre + level + mix.normal();
      case SWAMPED -> swamped(i % length, c);
    };
  }

  private double swamped(int j, int c) {
    int inBlock = j % BLOCK;
    int turns = Math.min(BLOCK, length - (j - inBlock)) / LANES;
    int turn = inBlock / LANES;
    if (turn >= turns) {
      return 0;
    }
    double small = 0.98 * (c % 2 == 0 ? 0x1p-24 : 0x1p-12);
    if (j % 2 == 0) {
      return turn == turns - 1 ? -1 : -small;
    }
    return turn == 0 ? 1 : small;
  }

  private static Arbitrary<FeatureMaps> of(
      Arbitrary<Integer> sizes, Arbitrary<Integer> channels, Arbitrary<Integer> lengths) {
    Arbitrary<Double> means = Arbitraries.of(0.0, 0.1, 1.0, -10.0, 100.0, -1000.0, 10000.0);
    Arbitrary<Double> deviations = Arbitraries.of(1.0, 0.001, 0.03, 10.0, 1000.0);
    return Combinators.combine(
            sizes.withoutEdgeCases(),
            channels.withoutEdgeCases(),
            lengths.withoutEdgeCases(),
            Arbitraries.of(ChannelsLayout.class).withoutEdgeCases(),
            Arbitraries.of(Pattern.class).withoutEdgeCases(),
            means.withoutEdgeCases(),
            deviations.withoutEdgeCases(),
            Arbitraries.longs().withoutEdgeCases())
        .as(FeatureMaps::new);
  }

  private static Arbitrary<Integer> upTo(int most) {
    return Arbitraries.integers().between(1, most);
  }

  private static Arbitrary<FeatureMaps> any(int sizes, int channels) {
    return Arbitraries.frequencyOf(
        Tuple.of(4, of(upTo(sizes), upTo(channels), upTo(70))),
        Tuple.of(1, of(upTo(sizes), upTo(5), upTo(1000))),
        Tuple.of(1, of(upTo(Math.min(sizes, 2)), upTo(3), Arbitraries.of(4095, 4096, 4097, 9000))));
  }

  /** Of up to 6 matrices, and rows of more than two blocks among them. */
  public static final class Any implements ArbitrarySupplier<FeatureMaps> {
    @Override
    public Arbitrary<FeatureMaps> get() {
      return any(6, 8);
    }
  }

  /** One matrix, with up to 150 rows: what is normalised by rows. */
  public static final class OneMatrix implements ArbitrarySupplier<FeatureMaps> {
    @Override
    public Arbitrary<FeatureMaps> get() {
      return any(1, 150);
    }
  }

  /** Up to 4 matrices of 3×6: differences in every direction take their time. */
  public static final class Small implements ArbitrarySupplier<FeatureMaps> {
    @Override
    public Arbitrary<FeatureMaps> get() {
      return of(upTo(4), upTo(3), upTo(6));
    }
  }
}

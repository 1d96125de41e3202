package dev.lanewise.suite.bits;

import static dev.lanewise.kernels.internal.scalar.ScalarColumns.CHUNK;

import dev.lanewise.kernels.internal.Blocks;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.testkit.operand.Layout;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * What the properties draw: shapes, layouts and factors, never elements. Failures shrink to small
 * ones.
 */
final class Cases {
  /** Rows and columns. */
  record Shape(int m, int n) {}

  /** Matrices with a row of samples for each channel. */
  record Channels(int size, int channels, int length) {}

  /** A product of m×k and k×n. */
  record Product(int m, int n, int k) {}

  private Cases() {}

  /** Mostly one that keeps divisors from 0, else none. */
  static double eps(long seed) {
    return (seed & 3) == 0 ? 0 : Subjects.EPS;
  }

  /** Any extent alike, and the smallest more often. */
  private static Arbitrary<Integer> upTo(int max) {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.integers().between(0, 2)), Tuple.of(9, between(0, max)));
  }

  private static Arbitrary<Integer> between(int min, int max) {
    return Arbitraries.integers().between(min, max).withDistribution(RandomDistribution.uniform());
  }

  /** Five layouts: mostly those of unit column stride, which vector code takes, in all mixtures. */
  static final class Layouts implements ArbitrarySupplier<List<Layout>> {
    @Override
    public Arbitrary<List<Layout>> get() {
      Arbitrary<Layout> rows =
          Arbitraries.of(Layout.DENSE, Layout.INSIDE, Layout.PADDED, Layout.REPEATED_ROW);
      return Arbitraries.frequencyOf(
          Tuple.of(3, rows.list().ofSize(5)),
          Tuple.of(2, Arbitraries.of(Layout.class).list().ofSize(5)));
    }
  }

  /** Every tail beside one to three chunks of rows, and rows of several vectors of every width. */
  static final class Shapes implements ArbitrarySupplier<Shape> {
    @Override
    public Arbitrary<Shape> get() {
      Arbitrary<Integer> rows =
          Arbitraries.frequencyOf(
              Tuple.of(Scale.of(3, 9), upTo(Scale.of(40, 10))),
              Tuple.of(1, upTo(Scale.of(200, 75))));
      Arbitrary<Integer> columns =
          Arbitraries.frequencyOf(
              Tuple.of(Scale.of(3, 9), upTo(Scale.of(70, 20))),
              Tuple.of(1, upTo(Scale.of(200, 70))));
      return Combinators.combine(rows, columns).as(Shape::new);
    }
  }

  /** Rows around the borders of blocks and virtual lanes. */
  static final class LongRows implements ArbitrarySupplier<Shape> {
    @Override
    public Arbitrary<Shape> get() {
      Arbitrary<Integer> blocks = Scale.SMALL ? Arbitraries.just(1) : Arbitraries.of(1, 2, 3, 5);
      Arbitrary<Integer> columns =
          Combinators.combine(blocks, between(-80, 80))
              .as((block, more) -> ScalarReduce.BLOCK * block + more);
      return Combinators.combine(between(1, Scale.of(2, 1)), columns).as(Shape::new);
    }
  }

  /** Rows around the borders of blocks, and as many as fill vectors. */
  static final class LongColumns implements ArbitrarySupplier<Shape> {
    @Override
    public Arbitrary<Shape> get() {
      return Combinators.combine(between(1, Scale.of(40, 3)), new LongRows().get())
          .as((m, row) -> new Shape(m, row.n()));
    }
  }

  /** Rows around whole vectors and whole turns of the virtual lanes, and none. */
  static final class ShortChannels implements ArbitrarySupplier<Channels> {
    @Override
    public Arbitrary<Channels> get() {
      Arbitrary<Integer> edges = Arbitraries.of(15, 16, 17, 63, 64, 65, 127, 128, 129);
      Arbitrary<Integer> length =
          Arbitraries.frequencyOf(
              Tuple.of(2, upTo(Scale.of(140, 70))),
              Tuple.of(1, edges),
              Tuple.of(Scale.of(1, 0), between(780, 790)));
      return Combinators.combine(upTo(Scale.of(4, 2)), upTo(Scale.of(6, 3)), length)
          .as(Channels::new);
    }
  }

  /** Rows around the borders of blocks of one or two channels, which have samples. */
  static final class LongChannels implements ArbitrarySupplier<Channels> {
    @Override
    public Arbitrary<Channels> get() {
      Arbitrary<Integer> length =
          Scale.SMALL
              ? Arbitraries.of(784, ScalarReduce.BLOCK + 1)
              : Arbitraries.frequencyOf(
                  Tuple.of(1, Arbitraries.of(784, 4095, 4096, 4097, 8200)),
                  Tuple.of(1, between(ScalarReduce.BLOCK - 80, ScalarReduce.BLOCK + 80)),
                  Tuple.of(1, between(2 * ScalarReduce.BLOCK - 80, 3 * ScalarReduce.BLOCK + 80)));
      int most = Scale.of(2, 1);
      return Combinators.combine(between(1, most), between(1, most), length).as(Channels::new);
    }
  }

  /** Rows around the borders of groups and chunks of them. */
  static final class GroupedRows implements ArbitrarySupplier<Shape> {
    @Override
    public Arbitrary<Shape> get() {
      Arbitrary<Integer> rows =
          Arbitraries.frequencyOf(
              Tuple.of(1, between(1, 9)),
              Tuple.of(1, between(CHUNK - 5, CHUNK + 9)),
              Tuple.of(Scale.of(1, 0), between(2 * CHUNK - 5, 3 * CHUNK + 5)));
      return Combinators.combine(rows, upTo(Scale.of(70, 18))).as(Shape::new);
    }
  }

  /** Batches of rows that fill chunks, leave some open, or are none; at least one row in all. */
  static final class BatchSizes implements ArbitrarySupplier<List<Integer>> {
    @Override
    public Arbitrary<List<Integer>> get() {
      Arbitrary<Integer> size =
          Arbitraries.frequencyOf(
              Tuple.of(3, upTo(Scale.of(80, 20))),
              Tuple.of(1, Arbitraries.of(CHUNK - 1, CHUNK, CHUNK + 1)),
              Tuple.of(Scale.of(1, 0), between(2 * CHUNK - 5, 3 * CHUNK + 5)));
      return size.list()
          .ofMinSize(1)
          .ofMaxSize(Scale.of(7, 4))
          .filter(sizes -> sizes.stream().anyMatch(rows -> rows > 0));
    }
  }

  /** Every tail of two tiles at any width. */
  static final class Products implements ArbitrarySupplier<Product> {
    @Override
    public Arbitrary<Product> get() {
      return Combinators.combine(
              upTo(Scale.of(27, 15)), upTo(Scale.of(131, 35)), upTo(Scale.of(67, 20)))
          .as(Product::new);
    }
  }

  /** Products that pay for a copy of B, in several blocks of every extent. */
  static final class LargeProducts implements ArbitrarySupplier<Product> {
    @Override
    public Arbitrary<Product> get() {
      return Combinators.combine(
              between(Blocks.FEW_ROWS + 1, Scale.of(Blocks.ROWS + 30, Blocks.FEW_ROWS + 9)),
              between(64, Scale.of(2 * Blocks.COLUMNS + 30, 80)),
              between(Blocks.UNPACKED / 64 + 1, Scale.of(2 * Blocks.DEPTH + 30, Blocks.DEPTH + 9)))
          .as(Product::new);
    }
  }

  /** One extent around the border of its block, the others small. */
  static final class BlockEdges implements ArbitrarySupplier<Product> {
    @Override
    public Arbitrary<Product> get() {
      Arbitrary<Integer> few = between(1, Scale.of(20, 6));
      Arbitrary<Integer> edge = Arbitraries.of(-1, 0, 1, 5);
      return Arbitraries.oneOf(
          Combinators.combine(few, few, Arbitraries.of(Blocks.DEPTH, 2 * Blocks.DEPTH), edge)
              .as((m, n, k, e) -> new Product(m, n, k + e)),
          Combinators.combine(Arbitraries.of(Blocks.ROWS, 2 * Blocks.ROWS), few, few, edge)
              .as((m, n, k, e) -> new Product(m + e, n, k)),
          Combinators.combine(few, few, Arbitraries.of(1, 2), edge)
              .as(
                  (m, k, n, e) ->
                      new Product(Math.min(m, 6), Blocks.COLUMNS * n + e, Math.min(k, 4))));
    }
  }

  /** Factors of a product, special ones first. */
  static final class Factors implements ArbitrarySupplier<Float> {
    @Override
    public Arbitrary<Float> get() {
      return Arbitraries.oneOf(
          Arbitraries.of(1f, 0f, -1f, 0.5f, -0f), Arbitraries.floats().between(-3f, 3f));
    }
  }
}

package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;

import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Workers;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Fused epilogues, packed factors and batches have the bits of what they stand for. */
@EveryFork
class GemmVariantsTest {
  /** What may follow a product. */
  enum Steps {
    NONE(false, false),
    BIAS(true, false),
    RELU(false, true),
    BIAS_RELU(true, true);

    private final boolean bias;
    private final boolean relu;

    Steps(boolean bias, boolean relu) {
      this.bias = bias;
      this.relu = relu;
    }

    /** The product in one call. */
    void fused(float alpha, FloatMatrix[] x, boolean packed, float beta) {
      var b = packed ? PackedMatrix.of(x[1]) : x[1];
      switch (this) {
        case NONE -> Gemm.gemm(alpha, x[0], b, beta, x[2]);
        case BIAS -> Gemm.gemm(alpha, x[0], b, beta, x[2], Epilogue.bias(x[3].row(0)));
        case RELU -> Gemm.gemm(alpha, x[0], b, beta, x[2], Epilogue.relu());
        case BIAS_RELU -> Gemm.gemm(alpha, x[0], b, beta, x[2], Epilogue.biasRelu(x[3].row(0)));
      }
    }

    void on(FloatMatrix c, FloatMatrix row) {
      for (int i = 0; i < c.rows(); i++) {
        for (int j = 0; j < c.columns(); j++) {
          float sum = bias ? c.get(i, j) + row.get(0, j) : c.get(i, j);
          c.set(i, j, relu && sum < 0 ? 0 : sum);
        }
      }
    }
  }

  private static Subject subject(
      Cases.Product p, float alpha, float beta, Steps steps, boolean packed) {
    return new Subject(
        "%s alpha=%s beta=%s %s packed=%s".formatted(p, alpha, beta, steps, packed),
        List.of(
            read("A", p.m(), p.k()),
            read("B", p.k(), p.n()),
            written("C", p.m(), p.n()),
            read("bias", 1, p.n())),
        x -> steps.fused(alpha, x, packed, beta),
        x -> {
          Definition.gemm(alpha, x[0], x[1], beta, x[2]);
          steps.on(x[2], x[3]);
        },
        x -> {
          Statement.gemm(alpha, x[0], x[1], beta, x[2]);
          steps.on(x[2], x[3]);
        });
  }

  @Property(tries = 400)
  void tails(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Steps steps,
      @ForAll boolean packed,
      @ForAll long seed) {
    Agreement.check(subject(p, alpha, beta, steps, packed), layouts, values, seed);
  }

  @Property(tries = 60)
  void singleColumns(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Steps steps,
      @ForAll boolean packed,
      @ForAll long seed) {
    Cases.Product p = new Cases.Product(a.m(), 1, a.n());
    Agreement.check(subject(p, alpha, beta, steps, packed), layouts, values, seed);
  }

  @Property(tries = 60)
  void blockEdges(
      @ForAll(supplier = Cases.BlockEdges.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Steps steps,
      @ForAll boolean packed,
      @ForAll long seed) {
    Agreement.check(subject(p, alpha, beta, steps, packed), layouts, Values.ORDINARY, seed);
  }

  @Property(tries = 16)
  void largeProducts(
      @ForAll(supplier = Cases.LargeProducts.class) Cases.Product p,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll Steps steps,
      @ForAll boolean packed,
      @ForAll long seed) {
    Agreement.check(subject(p, 1, beta, steps, packed), layouts, Values.ORDINARY, seed);
  }

  /** Parts meet inside a packed factor's blocks of columns, and each knows its part of the bias. */
  @Example
  void severalThreads() {
    Cases.Product p = new Cases.Product(Scale.of(101, 3), 1121, Scale.of(400, 470));
    for (Layout c : List.of(Layout.PADDED, Layout.COLUMN_MAJOR)) {
      Subject subject = subject(p, 1.5f, 1, Steps.BIAS_RELU, false);
      List<Layout> layouts = List.of(Layout.DENSE, Layout.PADDED, c, Layout.DENSE);
      FloatMatrix[] x = subject.create(layouts, Values.ORDINARY, new Mix(7));
      FloatMatrix alone = Views.copy(x[2]);
      Epilogue epilogue = Epilogue.biasRelu(x[3].row(0));
      Gemm.gemm(1.5f, x[0], x[1], 1, alone, epilogue);
      PackedMatrix packed = PackedMatrix.of(x[1]);
      for (int threads : new int[] {2, 3, 7}) {
        try (Workers workers = Workers.of(threads)) {
          FloatMatrix shared = Views.copy(x[2]);
          Gemm.gemm(1.5f, x[0], x[1], 1, shared, epilogue, workers);
          Bits.assertEqual("C", shared.array(), alone.array(), "threads " + threads);
          FloatMatrix sharedToo = Views.copy(x[2]);
          Gemm.gemm(1.5f, x[0], packed, 1, sharedToo, epilogue, workers);
          Bits.assertEqual("C, packed", sharedToo.array(), alone.array(), "threads " + threads);
        }
      }
    }
  }

  /** How the matrices of a batch lie in their array. */
  enum Arrangement {
    BEHIND_ONE_ANOTHER {
      @Override
      FloatBatch of(float[] array, int size, int m, int n) {
        return FloatBatch.of(array, 3, size, m * n + 2, m, n, n, 1);
      }
    },
    TRANSPOSED {
      @Override
      FloatBatch of(float[] array, int size, int m, int n) {
        return FloatBatch.of(array, 0, size, m * n, n, m, m, 1).transpose();
      }
    },
    /** Blocks of columns of one wide matrix. */
    SIDE_BY_SIDE {
      @Override
      FloatBatch of(float[] array, int size, int m, int n) {
        return FloatBatch.of(array, 1, size, n, m, n, size * n + 1, 1);
      }
    },
    /** Element by element. */
    INTERLEAVED {
      @Override
      FloatBatch of(float[] array, int size, int m, int n) {
        return FloatBatch.of(array, 0, size, 1, m, n, n * size, size);
      }
    };

    abstract FloatBatch of(float[] array, int size, int m, int n);

    /** Filled, with some more around. */
    FloatBatch filled(int size, int m, int n, Values values, Mix mix) {
      return of(values.array(size * (m * n + 2) + m + 4, mix), size, m, n);
    }
  }

  @Property(tries = 200)
  void batches(
      @ForAll @IntRange(max = 9) int size,
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll Arrangement a,
      @ForAll Arrangement b,
      @ForAll Arrangement c,
      @ForAll boolean same,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Mix mix = new Mix(seed);
    FloatBatch left = a.filled(size, p.m(), p.k(), values, mix);
    FloatBatch right = b.filled(size, p.k(), p.n(), values, mix);
    if (same) {
      right =
          FloatBatch.of(
              right.array(),
              right.offset(),
              size,
              0,
              p.k(),
              p.n(),
              right.rowStride(),
              right.columnStride());
    }
    FloatBatch result = c.filled(size, p.m(), p.n(), values, mix);
    float[] given = result.array().clone();
    for (int i = 0; i < size; i++) {
      Gemm.gemm(alpha, left.get(i), right.get(i), beta, result.get(i));
    }
    FloatBatch actual = c.of(given.clone(), size, p.m(), p.n());
    Gemm.gemm(alpha, left, right, beta, actual);
    Bits.assertEqual("C", actual.array(), result.array(), p + " size " + size);
    FloatBatch shared = c.of(given.clone(), size, p.m(), p.n());
    try (Workers workers = Workers.of(3)) {
      Gemm.gemm(alpha, left, right, beta, shared, workers);
    }
    Bits.assertEqual("C, shared", shared.array(), result.array(), p + " size " + size);
  }

  /** Enough to do for several threads. */
  @Example
  void manyProductsOnSeveralThreads() {
    int size = Scale.of(500, 50);
    int n = Scale.of(16, 28);
    Mix mix = new Mix(3);
    FloatBatch a = Arrangement.SIDE_BY_SIDE.filled(size, n, n, Values.ORDINARY, mix);
    FloatBatch b = Arrangement.TRANSPOSED.filled(size, n, n, Values.ORDINARY, mix);
    FloatBatch alone = FloatBatch.of(new float[size * n * n], size, n, n);
    Gemm.gemm(1, a, b, 0, alone);
    for (int threads : new int[] {2, 3, 7}) {
      try (Workers workers = Workers.of(threads)) {
        FloatBatch shared = FloatBatch.of(new float[size * n * n], size, n, n);
        Gemm.gemm(1, a, b, 0, shared, workers);
        Bits.assertEqual("C", shared.array(), alone.array(), "threads " + threads);
      }
    }
  }
}

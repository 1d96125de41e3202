package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.BinaryCrossEntropy;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.LogSoftmax;
import dev.lanewise.kernels.LogSumExp;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Update;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.Checksum;
import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;

/**
 * Operations on operands drawn from a seed, most of them large enough for several threads to share,
 * and the checksum of what each writes.
 */
enum SharedCall {
  PRODUCT((d, w) -> d.product((a, b, c) -> Gemm.gemm(1.5f, a, b, 0f, c, w))),
  FUSED_PRODUCT(
      (d, w) -> {
        return d.product(
            (a, b, c) -> {
              Epilogue epilogue = Epilogue.biasRelu(d.span(c.columns()));
              Gemm.gemm(1f, a, PackedMatrix.of(b), 0f, c, epilogue, w);
            });
      }),
  BATCH_OF_PRODUCTS(
      (d, w) -> {
        int size = 2 + d.mix.below(9);
        FloatBatch a = FloatBatch.of(d.array(size * 30 * 50), size, 30, 50);
        FloatBatch b = FloatBatch.of(d.array(size * 50 * 70), size, 50, 70);
        FloatBatch c = FloatBatch.of(new float[size * 30 * 70], size, 30, 70);
        Gemm.gemm(1f, a, b, 0f, c, w);
        return Checksum.of(c.array());
      }),
  DOUBLE_PRODUCT(
      (d, w) -> {
        DoubleMatrix a = d.doubles(97, 60);
        DoubleMatrix c = DoubleMatrix.zeros(97, 203);
        Gemm.gemm(1, a, d.doubles(60, 203), 0, c, w);
        return Arrays.hashCode(c.array());
      }),
  SOFTMAX(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatMatrix dx = d.like(x);
        Softmax.forward(x, x, 2f, w);
        Softmax.backward(x, dx, dx, 2f, w);
        return Checksum.of(x.array(), dx.array());
      }),
  LOG_SOFTMAX(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatMatrix dx = d.like(x);
        LogSoftmax.forward(x, x, 1f, w);
        LogSoftmax.backward(x, dx, dx, 1f, w);
        return Checksum.of(x.array(), dx.array());
      }),
  LOG_SUM_EXP(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatSpan sums = FloatSpan.zeros(x.rows());
        LogSumExp.forward(x, sums, 1f, w);
        LogSumExp.backward(x, sums, d.span(x.rows()), x, 1f, w);
        return Checksum.of(x.array(), sums.array());
      }),
  CROSS_ENTROPY(
      (d, w) -> {
        FloatMatrix x = d.rows();
        CrossEntropy loss = CrossEntropy.MEAN.withLabelSmoothing(0.1);
        Labels labels = Labels.of(d.mix.labels(x.rows(), x.columns()));
        float value = loss.lossAndGradient(x, labels, x, w);
        return Checksum.of(x.array(), new float[] {value});
      }),
  BINARY_CROSS_ENTROPY(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatMatrix targets = d.like(x);
        Activation.SIGMOID.forward(targets, targets, w);
        float value = BinaryCrossEntropy.MEAN.lossAndGradient(x, targets, x, w);
        return Checksum.of(x.array(), new float[] {value});
      }),
  ACTIVATION(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatMatrix dx = d.like(x);
        Activation f = d.mix.choose(Activation.GELU, Activation.TANH, Activation.RELU);
        f.backward(x, dx, dx, w);
        f.forward(x, x, w);
        return Checksum.of(x.array(), dx.array());
      }),
  ARITHMETIC(
      (d, w) -> {
        FloatMatrix x = d.rows();
        Arithmetic.multiply(x, d.like(x), x, w);
        Dropout.apply(x, x, 0.25, 1, 2, 3, w);
        return Checksum.of(x.array());
      }),
  REDUCTIONS(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatSpan rows = FloatSpan.zeros(x.rows());
        FloatSpan columns = FloatSpan.zeros(x.columns());
        Labels best = Labels.of(new int[x.rows()]);
        Reduce.rows(Reduction.SUM_OF_SQUARES, x, rows, w);
        Reduce.columns(Reduction.MEAN, x, columns, w);
        Reduce.rowArgmax(x, best, w);
        float[] all = {Reduce.all(Reduction.SUM, x, w), Arrays.hashCode(best.array())};
        return Checksum.of(rows.array(), columns.array(), all);
      }),
  BATCH_NORM(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatMatrix dx = d.like(x);
        int n = x.columns();
        FloatSpan dgamma = FloatSpan.zeros(n);
        FloatSpan dbeta = FloatSpan.zeros(n);
        BatchStatistics statistics = new BatchStatistics(n);
        statistics.compute(x, w);
        BatchNorm norm = new BatchNorm(d.span(n), d.span(n), 1e-5).relu();
        norm.backward(x, dx, statistics, dx, dgamma, dbeta, w);
        norm.forward(x, statistics, x, w);
        return Checksum.of(x.array(), dx.array(), dgamma.array(), dbeta.array());
      }),
  LAYER_NORM(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatMatrix dx = d.like(x);
        int n = x.columns();
        FloatSpan dgamma = FloatSpan.zeros(n);
        FloatSpan dbeta = FloatSpan.zeros(n);
        LayerNorm norm = new LayerNorm(d.span(n), d.span(n), 1e-5);
        norm.backward(x, dx, dx, dgamma, dbeta, w);
        norm.forward(x, x, w);
        return Checksum.of(x.array(), dx.array(), dgamma.array(), dbeta.array());
      }),
  RMS_NORM(
      (d, w) -> {
        FloatMatrix x = d.rows();
        FloatMatrix dx = d.like(x);
        FloatSpan dgamma = FloatSpan.zeros(x.columns());
        RmsNorm norm = new RmsNorm(d.span(x.columns()), 1e-5);
        norm.backward(x, dx, dx, dgamma, w);
        norm.forward(x, x, w);
        return Checksum.of(x.array(), dx.array(), dgamma.array());
      }),
  STANDARDIZE(
      (d, w) -> {
        FloatMatrix x = d.rows();
        Standardize standardize = new Standardize(x.columns(), 1e-5);
        standardize.fit(x, w);
        standardize.apply(x, x, w);
        return Checksum.of(x.array());
      }),
  UPDATE(
      (d, w) -> {
        int n = 20_000 + d.mix.below(20_000);
        FloatSpan p = d.span(n);
        FloatSpan first = FloatSpan.zeros(n);
        FloatSpan second = FloatSpan.zeros(n);
        Update.adamW(p, d.span(n), first, second, 3, 0.1, 0.9, 0.999, 1e-8, 0.01, w);
        return Checksum.of(p.array(), first.array(), second.array());
      }),
  TRAINING(
      (d, w) -> {
        SmallNetwork network = new SmallNetwork(1 + d.mix.below(3), w);
        network.train(3);
        return network.checksum();
      }),
  TASKS(
      (d, w) -> {
        float[] x = new float[1 + d.mix.below(60)];
        long seed = d.mix.next();
        w.forEach(x.length, i -> x[i] = Checksum.of(new Draw(seed + i).array(100 + i)));
        return Checksum.of(x);
      }),
  NESTED(
      (d, w) -> {
        int[] sums = new int[2 + d.mix.below(5)];
        long seed = d.mix.next();
        SharedCall call = d.mix.choose(PRODUCT, SOFTMAX, BATCH_NORM, TRAINING, TASKS);
        w.forEach(
            2,
            half ->
                w.forEach(
                    sums.length,
                    i -> {
                      if (i % 2 == half) {
                        sums[i] = call.run(seed + i, w);
                      }
                    }));
        return Arrays.hashCode(sums);
      });

  @SuppressWarnings("ImmutableEnumChecker") // the bodies capture nothing
  private final Body body;

  SharedCall(Body body) {
    this.body = body;
  }

  @FunctionalInterface
  private interface Body {
    int run(Draw draw, Workers workers);
  }

  /** Runs it on operands of its own. */
  int run(long seed, Workers workers) {
    return body.run(new Draw(seed), workers);
  }

  /** Operands from a seed. */
  private static final class Draw {
    /** Many rows, some, and few that are longer than a block of a reduction. */
    private static final int[][] SHAPES = {
      {700, 33}, {190, 130}, {67, 260}, {4, 5003}, {1, 20_001}
    };

    private static final int[][] PRODUCTS = {{97, 60, 131}, {24, 100, 520}, {1, 300, 1200}};

    final Mix mix;

    Draw(long seed) {
      mix = new Mix(seed);
    }

    @FunctionalInterface
    private interface Product {
      void run(FloatMatrix a, FloatMatrix b, FloatMatrix c);
    }

    int product(Product product) {
      int[] mkn = mix.choose(PRODUCTS);
      FloatMatrix c = FloatMatrix.zeros(mkn[0], mkn[2]);
      product.run(matrix(mkn[0], mkn[1]), matrix(mkn[1], mkn[2]), c);
      return Checksum.of(c.array());
    }

    FloatMatrix rows() {
      int[] shape = mix.choose(SHAPES);
      return matrix(shape[0], shape[1]);
    }

    FloatMatrix like(FloatMatrix x) {
      return matrix(x.rows(), x.columns());
    }

    FloatSpan span(int length) {
      return FloatSpan.of(array(length));
    }

    private FloatMatrix matrix(int rows, int columns) {
      return FloatMatrix.of(array(rows * columns), rows, columns);
    }

    DoubleMatrix doubles(int rows, int columns) {
      double[] x = new double[rows * columns];
      Arrays.setAll(x, i -> mix.unit());
      return DoubleMatrix.of(x, rows, columns);
    }

    float[] array(int length) {
      float[] x = new float[length];
      for (int i = 0; i < length; i++) {
        x[i] = mix.unit();
      }
      return x;
    }
  }
}

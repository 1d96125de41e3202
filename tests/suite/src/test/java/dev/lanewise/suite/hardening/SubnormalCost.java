package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.kernels.Dropout;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Update;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The time of operations on subnormal numbers, against that on ordinary ones. */
final class SubnormalCost {
  /** Of an element of subnormal operands; of ordinary ones it is 1. */
  static final float TINY = 0x1p-128f;

  /** What the processor makes of them in loops without any of our code. */
  static final String MULTIPLY_ADDS = "multiply-add loop";

  static final String DIVISIONS = "division loop";

  private static final int N = 128;

  /** An operation with operands of its own, which it leaves as they are or sets anew. */
  @FunctionalInterface
  interface Work {
    void run();
  }

  private final FloatMatrix x;
  private final FloatMatrix y = FloatMatrix.zeros(N, N);
  private final FloatMatrix ordinary = matrix(1);
  private final FloatSpan gamma = FloatSpan.of(ordinary.array().clone(), 0, N);
  private final Map<String, Work> works = new LinkedHashMap<>();

  private SubnormalCost(float scale) {
    x = matrix(scale);
    works.put(MULTIPLY_ADDS, this::multiplyAdds);
    works.put(DIVISIONS, this::divisions);
    works.put("product, B of the numbers", () -> Gemm.gemm(1, ordinary, x, 0, y));
    works.put("product, A of the numbers", () -> Gemm.gemm(1, x, ordinary, 0, y));
    works.put("product, both", () -> Gemm.gemm(1, x, x, 0, y));
    works.put(
        "product with a column", () -> Gemm.gemm(1, x, ordinary.columns(0, 1), 0, y.columns(0, 1)));
    norms();
    works.put("softmax", () -> Softmax.forward(x, y));
    works.put("softmax backward", () -> Softmax.backward(ordinary, x, y));
    Labels labels = Labels.of(new int[N]);
    works.put("cross-entropy", () -> CrossEntropy.MEAN.lossAndGradient(x, labels, y));
    for (Activation f :
        new Activation[] {
          Activation.EXP,
          Activation.LOG,
          Activation.SIGMOID,
          Activation.TANH,
          Activation.ERF,
          Activation.GELU,
          Activation.GELU_TANH,
          Activation.SILU,
          Activation.SOFTPLUS,
          Activation.RELU
        }) {
      works.put(f.toString(), () -> f.forward(x, y));
      works.put(f + " backward", () -> f.backward(ordinary, x, y));
    }
    FloatSpan result = FloatSpan.zeros(N);
    for (Reduction reduction : Reduction.values()) {
      works.put(reduction + " of rows", () -> Reduce.rows(reduction, x, result));
      works.put(reduction + " of columns", () -> Reduce.columns(reduction, x, result));
    }
    works.put("dropout", () -> Dropout.apply(x, y, 0.5, 1, 2, 3));
    works.put("add", () -> Arithmetic.add(x, x, y));
    works.put("subtract", () -> Arithmetic.subtract(x, ordinary, y));
    works.put("multiply", () -> Arithmetic.multiply(x, ordinary, y));
    works.put("divide", () -> Arithmetic.divide(x, ordinary, y));
    updates(scale);
  }

  private void norms() {
    BatchNorm norm = new BatchNorm(gamma, gamma, 1e-5);
    BatchStatistics statistics = new BatchStatistics(N);
    FloatSpan sums = FloatSpan.zeros(N);
    FloatSpan dots = FloatSpan.zeros(N);
    works.put("batch norm", () -> norm.forward(x, statistics, y));
    works.put("batch norm backward", () -> norm.backward(ordinary, x, statistics, y, dots, sums));
    works.put("batch norm inference", () -> norm.inference(x, gamma, gamma, y));
    LayerNorm layer = new LayerNorm(gamma, gamma, 1e-5);
    works.put("layer norm", () -> layer.forward(x, y));
    works.put("layer norm backward", () -> layer.backward(ordinary, x, y, dots, sums));
    RmsNorm rms = new RmsNorm(gamma, 1e-5);
    works.put("RMS norm", () -> rms.forward(x, y));
    works.put("RMS norm backward", () -> rms.backward(ordinary, x, y, dots));
  }

  /** States that have decayed to the numbers, and gradients of their size. */
  private void updates(float scale) {
    FloatSpan g = FloatSpan.of(x.array());
    FloatSpan p = FloatSpan.of(ordinary.array().clone());
    FloatSpan v = FloatSpan.of(x.array().clone());
    FloatSpan s = FloatSpan.of(x.array().clone());
    works.put("gradient descent", () -> Update.gradientDescent(p, g, 1e-6f));
    // A weight next to 1 keeps the states about where they are.
    double beta = 0.9999999;
    Runnable anew =
        () -> {
          if (!(v.get(0) > scale / 4 && v.get(0) < 4 * scale)) {
            System.arraycopy(x.array(), 0, v.array(), 0, N * N);
            System.arraycopy(x.array(), 0, s.array(), 0, N * N);
          }
        };
    works.put(
        "momentum",
        () -> {
          anew.run();
          Update.momentum(p, g, v, 1e-6, 0.5);
        });
    works.put(
        "nesterov",
        () -> {
          anew.run();
          Update.nesterov(p, g, v, 1e-6, 0.5);
        });
    works.put("RMSprop", () -> Update.rmsProp(p, g, s, 1e-6, beta, 1e-8));
    works.put("Adam", () -> Update.adam(p, g, v, s, 5, 1e-6, beta, beta, 1e-8));
    works.put("AdamW", () -> Update.adamW(p, g, v, s, 5, 1e-6, beta, beta, 1e-8, 0.1));
  }

  /** Positive numbers from one to two times the scale. */
  private static FloatMatrix matrix(float scale) {
    float[] array = new float[N * N];
    for (int i = 0; i < array.length; i++) {
      array[i] = scale * (1.5f + Terrain.value(i) / 2);
    }
    return FloatMatrix.of(array, N, N);
  }

  private void multiplyAdds() {
    float[] a = x.array();
    float[] c = y.array();
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] * 0.25f + a[i];
    }
  }

  private void divisions() {
    float[] a = x.array();
    float[] b = ordinary.array();
    float[] c = y.array();
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] / b[i];
    }
  }

  /** The quotient of the least times, of each operation. */
  static Map<String, Double> quotients(int repetitions) {
    Map<String, Work> plain = new SubnormalCost(1).works;
    Map<String, Work> subnormal = new SubnormalCost(TINY).works;
    Map<String, Double> quotients = new LinkedHashMap<>();
    plain.forEach(
        (name, work) -> {
          double[] least = least(work, subnormal.get(name), repetitions);
          quotients.put(name, least[1] / least[0]);
        });
    return quotients;
  }

  /** Of the two by turns, so that what disturbs one disturbs the other. */
  private static double[] least(Work first, Work second, int repetitions) {
    double[] least = new double[2];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int i = 0; i < repetitions; i++) {
      Work[] both = {first, second};
      for (int k = 0; k < 2; k++) {
        long start = System.nanoTime();
        both[k].run();
        both[k].run();
        least[k] = Math.min(least[k], System.nanoTime() - start);
      }
    }
    return least;
  }
}

package dev.lanewise.suite.contract;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Workers;
import java.util.Map;
import java.util.function.Consumer;

/** Calls of every normalisation on operands that are built before. */
final class NormCalls {
  private static final double EPS = 1e-5;

  private NormCalls() {}

  /** On the caller's thread. */
  static void addTo(Map<String, Runnable> calls) {
    batch(calls, "", matrices(20, 30), 30);
    batch(calls, ", strides", strided(20, 30), 30);
    batch(calls, ", channels", channels(3, 20, 30), 20);
    batch(calls, ", channels, long", channels(2, 2, 5000), 2);
    batch(calls, ", channels, strides", turned(3, 30, 20), 20);
    rows(calls, "", matrices(70, 30));
    rows(calls, ", strides", strided(20, 30));
    rows(calls, ", long rows", matrices(2, 5000));
    rows(calls, ", long rows, strides", strided(2, 5000));
    standardize(calls);
  }

  private static Samples[] matrices(int m, int n) {
    return new Samples[] {
      FloatMatrix.zeros(m, n), FloatMatrix.zeros(m, n), FloatMatrix.zeros(m, n)
    };
  }

  private static Samples[] strided(int m, int n) {
    return new Samples[] {
      FloatMatrix.zeros(m, 2 * n).columns(0, n),
      FloatMatrix.of(new float[2 * m * n], 0, m, n, 2 * n, 2),
      FloatMatrix.zeros(n, m).transpose()
    };
  }

  private static Samples[] channels(int size, int m, int n) {
    Samples[] x = new Samples[3];
    for (int i = 0; i < x.length; i++) {
      x[i] = FloatBatch.of(new float[size * m * n], size, m, n);
    }
    return x;
  }

  private static Samples[] turned(int size, int m, int n) {
    Samples[] x = channels(size, m, n);
    for (int i = 0; i < x.length; i++) {
      x[i] = ((FloatBatch) x[i]).transpose();
    }
    return x;
  }

  private static void batch(Map<String, Runnable> calls, String with, Samples[] s, int features) {
    FloatSpan p = FloatSpan.zeros(features);
    FloatSpan q = FloatSpan.zeros(features);
    FloatSpan r = FloatSpan.zeros(features);
    BatchStatistics statistics = new BatchStatistics(features);
    statistics.compute(s[0]);
    BatchNorm norm = new BatchNorm(p, p, EPS);
    calls.put("BatchStatistics.compute" + with, () -> statistics.compute(s[0]));
    for (BatchNorm each : new BatchNorm[] {norm, norm.relu()}) {
      String name = with + (each == norm ? "" : ", relu");
      calls.put("BatchNorm.forward" + name, () -> each.forward(s[0], statistics, s[1]));
      calls.put("BatchNorm.inference" + name, () -> each.inference(s[0], p, p, s[1]));
      calls.put(
          "BatchNorm.backward" + name, () -> each.backward(s[0], s[1], statistics, s[2], q, r));
      calls.put(
          "BatchNorm.inferenceBackward" + name,
          () -> each.inferenceBackward(s[0], s[1], p, p, s[2], q, r));
    }
    calls.put(
        "BatchStatistics.updateRunning" + with,
        () -> statistics.updateRunning(q, r, RunningAverage.PYTORCH));
    if (s[0] instanceof FloatMatrix w) {
      calls.put("BatchNorm.fold" + with, () -> norm.fold(w, q, p, p));
    }
  }

  private static void rows(Map<String, Runnable> calls, String with, Samples[] s) {
    FloatMatrix x = (FloatMatrix) s[0];
    FloatMatrix y = (FloatMatrix) s[1];
    FloatMatrix z = (FloatMatrix) s[2];
    FloatSpan p = FloatSpan.zeros(x.columns());
    FloatSpan q = FloatSpan.zeros(x.columns());
    FloatSpan r = FloatSpan.zeros(x.columns());
    LayerNorm layer = new LayerNorm(p, p, EPS);
    RmsNorm rms = new RmsNorm(p, EPS);
    calls.put("LayerNorm.forward" + with, () -> layer.forward(x, y));
    calls.put("LayerNorm.backward" + with, () -> layer.backward(x, y, z, q, r));
    calls.put("RmsNorm.forward" + with, () -> rms.forward(x, y));
    calls.put("RmsNorm.backward" + with, () -> rms.backward(x, y, z, q));
  }

  private static void standardize(Map<String, Runnable> calls) {
    FloatMatrix x = FloatMatrix.zeros(128, 30);
    FloatMatrix y = FloatMatrix.zeros(128, 30);
    FloatMatrix some = FloatMatrix.zeros(20, 30);
    FloatMatrix turned = FloatMatrix.zeros(30, 128).transpose();
    Standardize whole = new Standardize(30, EPS);
    Standardize parts = new Standardize(30, EPS);
    whole.fit(x);
    calls.put("Standardize.fit", () -> whole.fit(x));
    calls.put("Standardize.fit, strides", () -> whole.fit(turned));
    calls.put("Standardize.fit, incomplete chunks", () -> parts.fit(some));
    calls.put("Standardize.apply", () -> whole.apply(x, y));
    calls.put("Standardize.apply, strides", () -> whole.apply(turned, y));
  }

  /** On several threads, where a matrix of this shape is shared. */
  static void addShared(Map<String, Consumer<Workers>> calls, int m, int n) {
    String with = ", workers, " + m + "×" + n;
    batchShared(calls, with, matrices(m, n), n, n > 32, m > 64);
    if (m > 1) {
      batchShared(calls, with + ", channels", channels(1, m, n), m, true, true);
    }
    FloatMatrix x = FloatMatrix.zeros(m, n);
    FloatMatrix y = FloatMatrix.zeros(m, n);
    FloatMatrix z = FloatMatrix.zeros(m, n);
    FloatSpan p = FloatSpan.zeros(n);
    FloatSpan q = FloatSpan.zeros(n);
    FloatSpan r = FloatSpan.zeros(n);
    LayerNorm layer = new LayerNorm(p, p, EPS);
    RmsNorm rms = new RmsNorm(p, EPS);
    if (m > 1) {
      calls.put("LayerNorm.forward" + with, w -> layer.forward(x, y, w));
      calls.put("RmsNorm.forward" + with, w -> rms.forward(x, y, w));
    }
    if (m > 64) { // chunks are shared
      calls.put("LayerNorm.backward" + with, w -> layer.backward(x, y, z, q, r, w));
      calls.put("RmsNorm.backward" + with, w -> rms.backward(x, y, z, q, w));
      Standardize standardize = new Standardize(n, EPS);
      standardize.fit(x);
      calls.put("Standardize.apply" + with, w -> standardize.apply(x, y, w));
      if (n > 32) {
        calls.put("Standardize.fit" + with, w -> standardize.fit(x, w));
      }
    }
  }

  private static void batchShared(
      Map<String, Consumer<Workers>> calls,
      String with,
      Samples[] s,
      int features,
      boolean statisticsAreShared,
      boolean inferenceIsShared) {
    FloatSpan p = FloatSpan.zeros(features);
    FloatSpan q = FloatSpan.zeros(features);
    FloatSpan r = FloatSpan.zeros(features);
    BatchStatistics statistics = new BatchStatistics(features);
    statistics.compute(s[0]);
    if (statisticsAreShared) {
      calls.put("BatchStatistics.compute" + with, w -> statistics.compute(s[0], w));
    }
    BatchNorm norm = new BatchNorm(p, p, EPS);
    for (BatchNorm each : new BatchNorm[] {norm, norm.relu()}) {
      String name = with + (each == norm ? "" : ", relu");
      calls.put("BatchNorm.forward" + name, w -> each.forward(s[0], statistics, s[1], w));
      calls.put(
          "BatchNorm.backward" + name, w -> each.backward(s[0], s[1], statistics, s[2], q, r, w));
      if (inferenceIsShared) {
        calls.put("BatchNorm.inference" + name, w -> each.inference(s[0], p, p, s[1], w));
        calls.put(
            "BatchNorm.inferenceBackward" + name,
            w -> each.inferenceBackward(s[0], s[1], p, p, s[2], q, r, w));
      }
    }
  }
}

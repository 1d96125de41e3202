package dev.lanewise.suite.contract;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Samples;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.kernels.Workers;
import dev.lanewise.suite.contract.NormRowCalls.Form;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that use one normalisation at the same time get the bits that each would get alone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NormConcurrencyTest {
  private static final int THREADS = 8;
  private static final int CALLS = 60;
  private static final int ROUNDS = 30;
  private static final int WIDE = 20_000;

  /** As many channels as columns, so that both forms share their parameters. */
  private static final int N = 83;

  /** What the threads share. */
  private static final FloatSpan GAMMA = random(1).row(0);

  private static final FloatSpan BETA = random(2).row(0);
  private static final BatchNorm BATCH = new BatchNorm(GAMMA, BETA, 1e-5);
  private static final BatchNorm RECTIFIED = BATCH.relu();
  private static final LayerNorm LAYER = new LayerNorm(GAMMA, BETA, 1e-5);
  private static final RmsNorm RMS = new RmsNorm(GAMMA, 1e-6);
  private static final Standardize FITTED = fitted();

  /** The results of all operations on operands of a thread's own. */
  private static final List<BiFunction<Integer, Workers, float[]>> OPERATIONS =
      List.of(
          (seed, w) -> batch(BATCH, Form.MATRIX, seed, w),
          (seed, w) -> batch(RECTIFIED, Form.MATRIX, seed, w),
          (seed, w) -> batch(BATCH, Form.CHANNELS, seed, w),
          (seed, w) -> batch(RECTIFIED, Form.CHANNELS, seed, w),
          NormConcurrencyTest::layer,
          NormConcurrencyTest::rms,
          (seed, w) -> applied(FITTED, seed, w));

  private static FloatMatrix random(int seed) {
    Mix mix = new Mix(seed);
    return Views.matrix(Layout.PADDED, 130 + seed, N, mix::normal);
  }

  private static Standardize fitted() {
    Standardize standardize = new Standardize(N, 1e-5);
    standardize.fit(random(7));
    return standardize;
  }

  private static float[] batch(BatchNorm norm, Form form, int seed, Workers workers) {
    boolean turned = form == Form.CHANNELS;
    FloatMatrix x = random(seed);
    FloatMatrix y = Views.copy(x);
    FloatMatrix d = random(seed);
    BatchStatistics statistics = new BatchStatistics(N);
    FloatSpan dgamma = FloatSpan.zeros(N);
    FloatSpan dbeta = FloatSpan.zeros(N);
    Samples from = form.samples(turned ? x.transpose() : x);
    Samples to = form.samples(turned ? y.transpose() : y);
    Samples gradient = form.samples(turned ? d.transpose() : d);
    if (workers == null) {
      norm.forward(from, statistics, to);
      norm.backward(from, gradient, statistics, gradient, dgamma, dbeta);
    } else {
      norm.forward(from, statistics, to, workers);
      norm.backward(from, gradient, statistics, gradient, dgamma, dbeta, workers);
    }
    return joined(Views.dense(y), Views.dense(d), dgamma.array(), dbeta.array());
  }

  private static float[] layer(int seed, Workers workers) {
    FloatMatrix x = random(seed);
    FloatMatrix y = Views.copy(x);
    FloatMatrix d = random(seed);
    FloatSpan dgamma = FloatSpan.zeros(N);
    FloatSpan dbeta = FloatSpan.zeros(N);
    if (workers == null) {
      LAYER.forward(x, y);
      LAYER.backward(x, d, d, dgamma, dbeta);
    } else {
      LAYER.forward(x, y, workers);
      LAYER.backward(x, d, d, dgamma, dbeta, workers);
    }
    return joined(Views.dense(y), Views.dense(d), dgamma.array(), dbeta.array());
  }

  private static float[] rms(int seed, Workers workers) {
    FloatMatrix x = random(seed);
    FloatMatrix y = Views.copy(x);
    FloatMatrix d = random(seed);
    FloatSpan dgamma = FloatSpan.zeros(N);
    if (workers == null) {
      RMS.forward(x, y);
      RMS.backward(x, d, d, dgamma);
    } else {
      RMS.forward(x, y, workers);
      RMS.backward(x, d, d, dgamma, workers);
    }
    return joined(Views.dense(y), Views.dense(d), dgamma.array());
  }

  private static float[] applied(Standardize standardize, int seed, Workers workers) {
    FloatMatrix x = random(seed);
    if (workers == null) {
      standardize.apply(x, x);
    } else {
      standardize.apply(x, x, workers);
    }
    return Views.dense(x);
  }

  private static float[] joined(float[]... parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Test
  void sharedObjectsKeepTheirBits() throws Exception {
    float[][][] alone = new float[OPERATIONS.size()][THREADS][];
    for (int op = 0; op < alone.length; op++) {
      for (int seed = 0; seed < THREADS; seed++) {
        alone[op][seed] = OPERATIONS.get(op).apply(seed, null);
      }
    }
    try (Workers workers = Workers.of(3);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int seed = thread;
        tasks.add(
            () -> {
              Mix mix = new Mix(seed);
              for (int call = 0; call < CALLS; call++) {
                int op = mix.below(alone.length);
                Workers some = mix.below(2) == 0 ? workers : null;
                float[] result = OPERATIONS.get(op).apply(seed, some);
                Bits.assertEqual("operation " + op, result, alone[op][seed], "seed " + seed);
              }
              return null;
            });
      }
      for (Future<Void> result : threads.invokeAll(tasks)) {
        result.get();
      }
    }
  }

  /**
   * What is fitted settles its statistics when they are first asked for: of so many features that a
   * thread would see some that are not yet settled.
   */
  @Test
  void firstUsesAtTheSameTimeSeeWholeStatistics() throws Exception {
    Mix mix = new Mix(7);
    FloatMatrix training = Views.matrix(Layout.DENSE, 70, WIDE, mix::normal);
    FloatMatrix x = training.rows(3, 4);
    Standardize alone = new Standardize(WIDE, 1e-5);
    alone.fit(training);
    float[] expected = applied(alone, x);
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int round = 0; round < ROUNDS; round++) {
        Standardize standardize = new Standardize(WIDE, 1e-5);
        standardize.fit(training);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Callable<float[]> task =
            () -> {
              start.await();
              return applied(standardize, x);
            };
        for (Future<float[]> result : threads.invokeAll(Collections.nCopies(THREADS, task))) {
          Bits.assertEqual("Y", result.get(), expected, "round " + round);
        }
      }
    }
  }

  private static float[] applied(Standardize standardize, FloatMatrix x) {
    FloatMatrix y = FloatMatrix.zeros(x.rows(), x.columns());
    standardize.apply(x, y);
    return y.array();
  }
}

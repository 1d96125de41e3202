package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.operand.Mix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Eight threads whose products of every kind share the same workers, on whole numbers: every order
 * gives the exact result, and what a part misses or does twice shows.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedWorkersTest {
  private static final int THREADS = 8;
  private static final int CALLS = 36;

  /** Odd extents, so that each kind is split in parts of different extents. */
  private static final int M = 101;

  private static final int N = 645;
  private static final int K = 97;
  private static final int SIZE = 5;

  private final float[] a = whole(SIZE * M * K);
  private final float[] b = whole(K * N);
  private final float[] bias = whole(N);
  private final float[] product = product(1, false);
  private final float[] biased = product(1, true);
  private final float[] batch = product(SIZE, false);

  private static float[] whole(int length) {
    Mix mix = new Mix(length);
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = mix.below(33) - 16;
    }
    return x;
  }

  /** So many products of the same B, one below the other, without rounding. */
  private float[] product(int size, boolean fused) {
    float[] c = new float[size * M * N];
    for (int i = 0; i < size * M; i++) {
      for (int j = 0; j < N; j++) {
        double sum = 0;
        for (int p = 0; p < K; p++) {
          sum += (double) a[i * K + p] * b[p * N + j];
        }
        c[i * N + j] = (float) (fused ? Math.max(0, sum + bias[j]) : sum);
      }
    }
    return c;
  }

  private List<Function<Workers, Runnable>> calls() {
    FloatMatrix x = FloatMatrix.of(a, M, K);
    FloatMatrix y = FloatMatrix.of(b, K, N);
    PackedMatrix packed = PackedMatrix.of(y);
    Epilogue epilogue = Epilogue.biasRelu(FloatSpan.of(bias));
    FloatBatch xs = FloatBatch.of(a, SIZE, M, K);
    FloatBatch ys = FloatBatch.of(b, 0, SIZE, 0, K, N, N, 1);
    DoubleMatrix dx = doubles(a, M, K);
    DoubleMatrix dy = doubles(b, K, N);
    return List.of(
        workers -> into(product, c -> Gemm.gemm(1f, x, y, 0f, c, workers)),
        workers -> into(product, c -> Gemm.gemm(1f, x, packed, 0f, c, workers)),
        workers -> into(biased, c -> Gemm.gemm(1f, x, y, 0f, c, epilogue, workers)),
        workers -> into(biased, c -> Gemm.gemm(1f, x, packed, 0f, c, epilogue, workers)),
        workers ->
            () -> {
              float[] c = new float[batch.length];
              Gemm.gemm(1f, xs, ys, 0f, FloatBatch.of(c, SIZE, M, N), workers);
              assertArrayEquals(batch, c);
            },
        workers ->
            () -> {
              DoubleMatrix c = DoubleMatrix.zeros(M, N);
              Gemm.gemm(1d, dx, dy, 0d, c, workers);
              assertArrayEquals(doubles(product, M, N).array(), c.array());
            });
  }

  @FunctionalInterface
  private interface Product {
    void run(FloatMatrix c);
  }

  private static Runnable into(float[] expected, Product product) {
    return () -> {
      FloatMatrix c = FloatMatrix.zeros(M, N);
      product.run(c);
      assertArrayEquals(expected, c.array());
    };
  }

  private static DoubleMatrix doubles(float[] x, int rows, int columns) {
    DoubleMatrix wide = DoubleMatrix.zeros(rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      wide.array()[i] = x[i];
    }
    return wide;
  }

  @Test
  void everyKindOfProductIsExactOnSharedWorkers() throws Exception {
    List<Function<Workers, Runnable>> calls = calls();
    try (Workers workers = Workers.of(3);
        ExecutorService callers = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int caller = 0; caller < THREADS; caller++) {
        int first = caller;
        Callable<Void> task =
            () -> {
              for (int call = 0; call < CALLS; call++) {
                calls.get((first + call) % calls.size()).apply(workers).run();
              }
              return null;
            };
        results.add(callers.submit(task));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    }
  }
}

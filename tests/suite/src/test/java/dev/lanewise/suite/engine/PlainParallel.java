package dev.lanewise.suite.engine;

import dev.lanewise.testkit.law.BitsEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.operand.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Softmax whose rows are split over threads in contiguous parts, as one writes it first. */
public class PlainParallel implements BitsEngine {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "plain");
            thread.setDaemon(true);
            return thread;
          });

  @Override
  public void apply(Operand x, Operand y, int threads) {
    int part = (x.rows() + threads - 1) / threads;
    List<Future<?>> parts = new ArrayList<>();
    for (int from = part; from < x.rows(); from += part) {
      int first = from;
      int last = Math.min(from + part, x.rows());
      parts.add(THREADS.submit(() -> softmax(x, y, first, last)));
    }
    softmax(x, y, 0, Math.min(part, x.rows()));
    parts.forEach(PlainParallel::await);
  }

  private static void await(Future<?> part) {
    try {
      part.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void softmax(Operand x, Operand y, int from, int to) {
    int n = x.columns();
    float[] exponentials = new float[n];
    for (int i = from; i < to; i++) {
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        max = Math.max(max, x.get(i, j));
      }
      float sum = 0;
      for (int j = 0; j < n; j++) {
        exponentials[j] = (float) StrictMath.exp(x.get(i, j) - max);
        sum += exponentials[j];
      }
      for (int j = 0; j < n; j++) {
        y.set(i, j, exponentials[j] / sum);
      }
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.NON_FINITE,
        Capability.SUBNORMALS,
        Capability.THREADS,
        Capability.BATCHES,
        Capability.LAYOUTS,
        Capability.CONCURRENT_CALLS);
  }
}

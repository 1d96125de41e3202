package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.Checksum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers change the speed of a product and never a bit of it, whatever they do. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkersTest {
  /**
   * M, K, N: split both ways, by rows or columns alone, parts of one column, too small to split.
   */
  private static final int[][] SHAPES = {
    {49, 80, 1121},
    {97, 300, 131},
    {49, 111, 520},
    {1, 600, 5000},
    {5000, 700, 1},
    {3000, 64, 3},
    {64, 5000, 3},
    {200, 200, 385},
    {400, 390, 257},
    {20, 20, 20},
    {0, 5, 5},
    {5, 0, 5}
  };

  private record Product(FloatMatrix a, FloatMatrix b, FloatMatrix c, float beta) {
    static Product of(int[] shape, int seed) {
      boolean across = (seed & 1) == 0;
      return new Product(
          matrix(shape[0], shape[1], across, seed),
          matrix(shape[1], shape[2], (seed & 2) == 0, seed + 1),
          matrix(shape[0], shape[2], (seed & 4) == 0, seed + 2),
          (seed & 8) == 0 ? 0f : -0.5f);
    }

    private static FloatMatrix matrix(int rows, int columns, boolean rowMajor, int seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] x = new float[rows * columns];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextDouble(-1, 1);
      }
      return rowMajor
          ? FloatMatrix.of(x, rows, columns)
          : FloatMatrix.of(x, columns, rows).transpose();
    }

    int alone() {
      Gemm.gemm(1.5f, a, b, beta, c);
      return Checksum.of(c.array());
    }

    int with(Workers workers) {
      Gemm.gemm(1.5f, a, b, beta, c, workers);
      return Checksum.of(c.array());
    }
  }

  private static void checkAll(Workers workers) {
    for (int[] shape : SHAPES) {
      for (int seed = 0; seed < 16; seed++) {
        int expected = Product.of(shape, seed).alone();
        String label = Arrays.toString(shape) + ", seed " + seed + ", threads " + workers.threads();
        assertEquals(expected, Product.of(shape, seed).with(workers), label);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void anyNumberOfThreadsHasTheSameBits(int threads) {
    try (Workers workers = Workers.of(threads)) {
      assertEquals(threads, workers.threads());
      checkAll(workers);
    }
  }

  @Test
  void threadsOfAnExecutorHaveTheSameBits() {
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      checkAll(Workers.of(4, executor));
    }
  }

  @Test
  void anExecutorThatDoesNotHelpChangesNothing() {
    AtomicInteger asked = new AtomicInteger();
    Queue<Runnable> late = new ArrayDeque<>();
    Executor never = task -> asked.incrementAndGet();
    Executor rejecting =
        task -> {
          asked.incrementAndGet();
          throw new RejectedExecutionException("full");
        };
    Executor failing =
        task -> {
          asked.incrementAndGet();
          throw new OutOfMemoryError("no thread");
        };
    Executor tooLate =
        task -> {
          asked.incrementAndGet();
          if (late.size() > 3) {
            late.remove().run();
          }
          late.add(task);
        };
    for (Executor executor : List.of(never, rejecting, failing, tooLate)) {
      int before = asked.get();
      checkAll(Workers.of(3, executor));
      assertTrue(asked.get() > before, "nobody was asked");
    }
    checkAll(Workers.of(3, Runnable::run));
  }

  @Test
  void manyCallersShareWorkers() throws Exception {
    try (Workers workers = Workers.of(3);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      int[] expected = new int[16];
      for (int seed = 0; seed < expected.length; seed++) {
        expected[seed] = Product.of(SHAPES[0], seed).alone();
      }
      List<Future<Void>> results = new ArrayList<>();
      for (int caller = 0; caller < 24; caller++) {
        int first = caller;
        Callable<Void> calls =
            () -> {
              for (int call = 0; call < 30; call++) {
                int seed = (first + call) % expected.length;
                assertEquals(expected[seed], Product.of(SHAPES[0], seed).with(workers));
              }
              return null;
            };
        results.add(callers.submit(calls));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    }
  }

  @Test
  void anInterruptIsKept() {
    int expected = Product.of(SHAPES[8], 8).alone();
    try (Workers workers = Workers.of(3)) {
      for (int call = 0; call < 50; call++) {
        Thread.currentThread().interrupt();
        int actual = Product.of(SHAPES[8], 8).with(workers);
        assertTrue(Thread.interrupted(), "the interrupt is lost");
        assertEquals(expected, actual);
      }
    }
  }

  @Test
  void closedWorkersAreRefusedBeforeAnythingIsWritten() {
    Workers workers = Workers.of(2);
    workers.close();
    workers.close();
    Product product = Product.of(SHAPES[0], 0);
    int before = Checksum.of(product.c.array());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> product.with(workers));
    assertEquals("Gemm: the workers are closed", e.getMessage());
    assertEquals(before, Checksum.of(product.c.array()));
  }

  @Test
  void aProductUnderWayWhenItsWorkersAreClosedIsFinished() throws Exception {
    for (int round = 0; round < 20; round++) {
      Workers workers = Workers.of(3);
      int expected = Product.of(SHAPES[8], 0).alone();
      AtomicInteger calls = new AtomicInteger();
      try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
        Future<?> result =
            caller.submit(
                () -> {
                  Product product = Product.of(SHAPES[8], 0);
                  while (true) {
                    calls.incrementAndGet();
                    assertEquals(expected, product.with(workers));
                  }
                });
        while (calls.get() < 3 && !result.isDone()) {
          Thread.onSpinWait();
        }
        workers.close();
        ExecutionException e = assertThrows(ExecutionException.class, result::get);
        assertEquals(IllegalStateException.class, e.getCause().getClass(), e::toString);
      }
    }
  }

  @Test
  void threadsEndWithTheirWorkers() {
    Set<Thread> before = threads();
    Workers workers = Workers.of(4);
    assertEquals(before.size() + 3, threads().size());
    Product.of(SHAPES[0], 0).with(workers);
    workers.close();
    Set<Thread> after = threads();
    after.removeAll(before);
    assertEquals(Set.of(), after);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lanewise-"))
        .collect(Collectors.toSet());
  }

  @Test
  void badArgumentsAreNamed() {
    Product product = Product.of(SHAPES[0], 0);
    assertEquals(
        "Workers: threads is 0; it must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> Workers.of(0)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Workers.of(-1, Runnable::run));
    assertThrows(NullPointerException.class, () -> Workers.of(1, null));
    NullPointerException e = assertThrows(NullPointerException.class, () -> product.with(null));
    assertTrue(e.getMessage().contains("workers"), e.getMessage());
  }
}

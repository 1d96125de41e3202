package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller's own tasks on workers: each index once, its exceptions, and what threads see. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForEachTest {
  private static void everyIndexRunsOnce(Workers workers) {
    for (int count : new int[] {0, 1, 2, 3, 17, 1000, 100_003}) {
      AtomicIntegerArray runs = new AtomicIntegerArray(count);
      workers.forEach(count, runs::incrementAndGet);
      for (int i = 0; i < count; i++) {
        assertEquals(1, runs.get(i), "runs of index " + i + " of " + count);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyIndexRunsOnce(int threads) {
    try (Workers workers = Workers.of(threads)) {
      for (int round = 0; round < 5; round++) {
        everyIndexRunsOnce(workers);
      }
    }
  }

  @Test
  void everyIndexRunsOnceWhateverAnExecutorDoes() {
    everyIndexRunsOnce(Workers.of(3, task -> {}));
    everyIndexRunsOnce(Workers.of(3, Runnable::run));
    everyIndexRunsOnce(
        Workers.of(
            3,
            task -> {
              throw new RejectedExecutionException("full");
            }));
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      everyIndexRunsOnce(Workers.of(3, executor));
    }
  }

  /** A task that an executor kept computes nothing of an operation that came later. */
  @Test
  void tasksThatRunLateDoNothing() {
    List<Runnable> kept = new ArrayList<>();
    Workers late = Workers.of(2, kept::add);
    late.forEach(2, i -> {});
    assertEquals(1, kept.size());
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    try (Workers alone = Workers.of(1)) {
      alone.forEach(
          8,
          i -> {
            seen.add(Thread.currentThread());
            if (i == 0) {
              onAnotherThread(kept.getFirst());
            }
          });
    }
    assertEquals(Set.of(Thread.currentThread()), seen);
  }

  private static void onAnotherThread(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each of as many tasks as threads waits for the others: one thread alone would not end. */
  @Test
  void tasksRunAtOnce() {
    int threads = 3;
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    try (Workers workers = Workers.of(threads)) {
      CountDownLatch all = new CountDownLatch(threads);
      workers.forEach(
          threads,
          i -> {
            seen.add(Thread.currentThread());
            all.countDown();
            awaitOthers(all);
          });
    }
    assertEquals(threads, seen.size());
    assertTrue(seen.contains(Thread.currentThread()), "the caller takes part");
  }

  private static void awaitOthers(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The caller's own task ends as soon as another thread has begun the other one. */
  @Test
  void whatOthersHaveBegunIsWaitedFor() {
    Thread caller = Thread.currentThread();
    try (Workers workers = Workers.of(2)) {
      for (int round = 0; round < 20; round++) {
        CountDownLatch begun = new CountDownLatch(1);
        int[] ended = {0};
        workers.forEach(
            2,
            i -> {
              if (Thread.currentThread().equals(caller)) {
                awaitOthers(begun);
              } else {
                begun.countDown();
                LockSupport.parkNanos(5_000_000);
                ended[0]++;
              }
            });
        assertTrue(ended[0] > 0, "round " + round);
      }
    }
  }

  /** Plain arrays, neither volatile nor locked. */
  @Test
  void whatIsWrittenIsSeen() {
    int count = 64;
    float[] before = new float[count];
    float[] after = new float[count];
    try (Workers workers = Workers.of(3)) {
      for (int round = 1; round <= 2000; round++) {
        Arrays.fill(before, round);
        workers.forEach(count, i -> after[i] = before[i] + i);
        for (int i = 0; i < count; i++) {
          assertEquals(round + i, after[i], "index " + i + ", round " + round);
        }
      }
    }
  }

  private static final class Bad extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** All other indices run all the same, and the workers may be used again. */
  @Test
  void whatATaskThrowsReachesTheCaller() {
    int count = 50;
    try (Workers workers = Workers.of(3)) {
      for (Throwable thrown : List.of(new Bad(), new StackOverflowError())) {
        for (int bad = 0; bad < count; bad++) {
          int index = bad;
          AtomicIntegerArray runs = new AtomicIntegerArray(count);
          Throwable caught =
              assertThrows(
                  Throwable.class,
                  () ->
                      workers.forEach(
                          count,
                          i -> {
                            runs.incrementAndGet(i);
                            if (i == index) {
                              throwIt(thrown);
                            }
                          }));
          assertSame(thrown, caught);
          for (int i = 0; i < count; i++) {
            assertEquals(1, runs.get(i), "runs of index " + i + ", thrown by " + bad);
          }
        }
        everyIndexRunsOnce(workers);
      }
    }
  }

  private static void throwIt(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  void tasksMayUseTheWorkersThemselves() {
    int outer = 12;
    int inner = 30;
    AtomicIntegerArray runs = new AtomicIntegerArray(outer * inner);
    try (Workers workers = Workers.of(3)) {
      workers.forEach(outer, i -> workers.forEach(inner, j -> runs.incrementAndGet(i * inner + j)));
      for (int i = 0; i < outer * inner; i++) {
        assertEquals(1, runs.get(i), "runs of index " + i);
      }
      FloatMatrix a = counting(130, 130);
      FloatMatrix expected = FloatMatrix.zeros(130, 130);
      Gemm.gemm(1f, a, a, 0f, expected);
      FloatMatrix[] results = new FloatMatrix[outer];
      workers.forEach(
          outer,
          i -> {
            results[i] = FloatMatrix.zeros(130, 130);
            Gemm.gemm(1f, a, a, 0f, results[i], workers);
          });
      for (FloatMatrix result : results) {
        assertArrayEquals(expected.array(), result.array());
      }
    }
  }

  private static FloatMatrix counting(int rows, int columns) {
    FloatMatrix x = FloatMatrix.zeros(rows, columns);
    for (int i = 0; i < x.array().length; i++) {
      x.array()[i] = i % 7 - 3;
    }
    return x;
  }

  @Test
  void manyCallersShareWorkers() throws Exception {
    try (Workers workers = Workers.of(3);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> results = new ArrayList<>();
      for (int caller = 0; caller < 24; caller++) {
        results.add(callers.submit(() -> everyIndexRunsOnce(workers)));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
  }

  @Test
  void badArgumentsAreNamed() {
    try (Workers workers = Workers.of(2)) {
      Refusal.of(
          IllegalArgumentException.class,
          () -> workers.forEach(-1, i -> {}),
          "Workers.forEach: count is negative: -1");
      Refusal.of(
          NullPointerException.class,
          () -> workers.forEach(0, null),
          "Workers.forEach: task is null");
    }
    Workers closed = Workers.of(2);
    closed.close();
    for (int count : new int[] {0, 1}) {
      Refusal.of(
          IllegalStateException.class,
          () -> closed.forEach(count, i -> {}),
          "Workers.forEach: the workers are closed");
    }
  }
}

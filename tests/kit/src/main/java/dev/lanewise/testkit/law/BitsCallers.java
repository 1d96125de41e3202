package dev.lanewise.testkit.law;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Threads that call an engine at once. */
final class BitsCallers {
  private static final int SECONDS = 30;
  private static final int SPINS = 2_000;

  /** How long a thread leaves its core to one that has not come yet, where cores are fewer. */
  private static final int NANOSECONDS_ASIDE = 10_000;

  /** Its threads end by themselves and keep no process alive. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "bits law");
            thread.setDaemon(true);
            return thread;
          });

  private BitsCallers() {}

  /**
   * What each of several threads gets from several calls; all begin each of their calls at the same
   * time.
   *
   * @param context what reproduces the case, for the message
   * @throws AssertionError if they are not done in time, or a call throws an error
   */
  static <T> List<List<T>> callAtOnce(int callers, int calls, Object context, IntFunction<T> call) {
    AtomicInteger arrived = new AtomicInteger();
    AtomicBoolean ended = new AtomicBoolean();
    List<Future<List<T>>> futures = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      int number = caller;
      Callable<List<T>> task =
          () -> {
            List<T> results = new ArrayList<>();
            try {
              for (int i = 1; i <= calls; i++) {
                arrived.incrementAndGet();
                // A latch would wake the threads one after the other, too late for a short call.
                for (int turn = 0; arrived.get() < i * callers && !ended.get(); turn++) {
                  if (turn < SPINS) {
                    Thread.onSpinWait();
                  } else {
                    LockSupport.parkNanos(NANOSECONDS_ASIDE);
                  }
                }
                results.add(call.apply(number));
              }
              return results;
            } finally {
              // One that throws lets the others go on.
              ended.set(true);
            }
          };
      futures.add(THREADS.submit(task));
    }
    List<List<T>> all = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      for (Future<List<T>> future : futures) {
        all.add(await(future, end - System.nanoTime(), context));
      }
    } finally {
      // After a timeout, those that wait for one that does not come.
      ended.set(true);
    }
    return all;
  }

  private static <T> T await(Future<T> future, long nanos, Object context) {
    try {
      return future.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(
          "a concurrent call threw " + e.getCause() + "; " + context, e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "concurrent calls were not done after " + SECONDS + " s; " + context, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted; " + context, e);
    }
  }
}

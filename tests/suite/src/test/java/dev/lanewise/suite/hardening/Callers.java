package dev.lanewise.suite.hardening;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.lanewise.kernels.Workers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that do the same at a time. One that does not end fails the test after {@link #LIMIT},
 * and the stacks of all threads are printed.
 */
final class Callers {
  static final ThreadFactory PLATFORM = Thread.ofPlatform().daemon().name("caller-", 0).factory();
  static final ThreadFactory VIRTUAL = Thread.ofVirtual().name("caller-", 0).factory();

  private static final Duration LIMIT = Duration.ofSeconds(Soak.of(60, 600));

  private Callers() {}

  /** What each thread does. */
  @FunctionalInterface
  interface Task {
    /** What the thread of this index does. */
    void run(int caller) throws Exception;
  }

  /**
   * Runs a task on so many threads at once, and waits for all.
   *
   * @param context what a failure is said to be of, such as the seed
   */
  static void run(String context, ThreadFactory factory, int count, Task task)
      throws InterruptedException {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    CountDownLatch start = new CountDownLatch(1);
    Thread[] threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      int caller = i;
      threads[i] =
          factory.newThread(
              () -> {
                try {
                  start.await();
                  task.run(caller);
                } catch (Throwable e) { // whatever it is, the test fails with it
                  failures.add(e);
                }
              });
      threads[i].start();
    }
    start.countDown();
    long end = System.nanoTime() + LIMIT.toNanos();
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        System.err.println(stacks());
        failures.add(new AssertionError(thread + " has not ended after " + LIMIT));
        break;
      }
    }
    if (!failures.isEmpty()) {
      AssertionError error = new AssertionError(context + ": " + failures.peek(), failures.poll());
      failures.forEach(error::addSuppressed);
      throw error;
    }
  }

  /** What is done with workers. */
  @FunctionalInterface
  interface Use {
    /** Uses workers. */
    void with(Workers workers) throws Exception;
  }

  /** Uses workers and closes them, which is watched too. */
  static void withWorkers(int threads, Use use) throws Exception {
    Workers workers = Workers.of(threads);
    try {
      use.with(workers);
    } finally {
      run("closing", PLATFORM, 1, caller -> workers.close());
    }
  }

  /** Of all threads, virtual ones too. */
  private static String stacks() {
    try {
      Path folder = Files.createTempDirectory("lanewise");
      Path file = folder.resolve("stacks");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      String stacks = Files.readString(file);
      Files.delete(file);
      Files.delete(folder);
      return stacks;
    } catch (IOException e) {
      return "no stacks: " + e;
    }
  }
}

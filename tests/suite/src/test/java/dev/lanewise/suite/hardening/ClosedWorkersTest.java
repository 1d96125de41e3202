package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Workers;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Closing workers, whoever uses them: operations end, threads end, and memory returns. */
@Soaked
class ClosedWorkersTest {
  private static final int CALLERS = 16;

  /** The used heap of some hundred closed workers; pools may keep arrays of a few calls. */
  private static final long MARGIN = 16 << 20;

  private static final SharedCall[] KINDS = SharedCall.values();

  /** What callers get then: the right result until an exception that says why. */
  @Test
  void whileTheyAreUsed() throws Exception {
    int rounds = Soak.of(8, 300);
    int[] expected = new int[KINDS.length];
    try (Workers alone = Workers.of(1)) {
      for (SharedCall kind : KINDS) {
        expected[kind.ordinal()] = kind.run(1, alone);
      }
    }
    AtomicLong results = new AtomicLong();
    LiveThreads before = LiveThreads.now();
    for (int round = 0; round < rounds; round++) {
      Workers workers = Workers.of(3);
      int first = round;
      Callers.run(
          "round " + round,
          round % 2 == 0 ? Callers.PLATFORM : Callers.VIRTUAL,
          CALLERS + 2,
          caller -> {
            if (caller >= CALLERS) { // two of them close
              LockSupport.parkNanos(3_000_000L * (caller - CALLERS + first % 8));
              workers.close();
              assertEquals(0, LiveThreads.now().without(before).count(), "threads after close");
              return;
            }
            for (int i = first + caller; ; i++) {
              SharedCall kind = KINDS[i % KINDS.length];
              int sum;
              try {
                sum = kind.run(1, workers);
              } catch (IllegalStateException e) {
                assertTrue(e.getMessage().endsWith(": the workers are closed"), e::toString);
                return;
              }
              assertEquals(expected[kind.ordinal()], sum, kind::toString);
              results.incrementAndGet();
            }
          });
    }
    assertTrue(results.get() > rounds, "results before closing: " + results);
    Soak.report("closings of workers in use", rounds);
  }

  /** By the caller, by helpers, by several at a time: all parts run. */
  @Test
  void byAPartOfTheirOwnOperation() throws Exception {
    int rounds = Soak.of(50, 2000);
    AtomicInteger byHelpers = new AtomicInteger();
    LiveThreads before = LiveThreads.now();
    for (int round = 0; round < rounds; round++) {
      Workers workers = Workers.of(3);
      int closing = 1 << round % 5 | 1 << round % 3;
      AtomicInteger parts = new AtomicInteger();
      Callers.run(
          "round " + round,
          Callers.PLATFORM,
          1,
          caller -> {
            Thread own = Thread.currentThread();
            workers.forEach(
                6,
                i -> {
                  LockSupport.parkNanos(100_000);
                  if ((closing >> i & 1) == 1) {
                    byHelpers.addAndGet(Thread.currentThread().equals(own) ? 0 : 1);
                    workers.close();
                  }
                  parts.incrementAndGet();
                });
            workers.close();
          });
      assertEquals(6, parts.get(), "parts of round " + round);
      assertEquals(0, LiveThreads.now().without(before).count(), "threads of round " + round);
    }
    assertTrue(byHelpers.get() > 0, "no helper has closed its workers");
    Soak.report("closings from within", rounds);
  }

  private static void useAll(Workers workers) {
    for (SharedCall kind : KINDS) {
      kind.run(2, workers);
    }
  }

  /** Nothing holds what has been closed, nor an executor's workers that nobody refers to. */
  @Test
  void areNotHeld() throws Exception {
    Executor never = task -> {};
    Executor sometimes = Thread::startVirtualThread;
    AtomicInteger rounds = new AtomicInteger();
    for (Executor executor : new Executor[] {null, never, sometimes}) {
      WeakReference<Workers> reference = used(executor);
      long end = System.nanoTime() + 10_000_000_000L;
      while (reference.get() != null && System.nanoTime() < end) {
        System.gc();
        Thread.sleep(20);
      }
      assertEquals(null, reference.get(), "still referred to");
      rounds.incrementAndGet();
    }
    Soak.report("workers that are not held", rounds.get());
  }

  private static WeakReference<Workers> used(Executor executor) {
    Workers workers = executor == null ? Workers.of(3) : Workers.of(3, executor);
    useAll(workers);
    if (executor == null) {
      workers.close();
    }
    return new WeakReference<>(workers);
  }

  @Test
  void giveThreadsAndMemoryBack() throws Exception {
    int rounds = Soak.of(60, 2000);
    try (Workers workers = Workers.of(3)) {
      useAll(workers); // so that classes are loaded and pools are filled
    }
    LiveThreads before = LiveThreads.now();
    long usedBefore = usedHeap();
    for (int round = 0; round < rounds; round++) {
      try (Workers workers = Workers.of(2 + round % 5)) {
        KINDS[round % KINDS.length].run(round, workers);
      }
      LiveThreads left = LiveThreads.now().without(before);
      assertEquals(0, left.count(), left::toString);
    }
    long grown = usedHeap() - usedBefore;
    System.out.printf("heap after %d workers: %+d KB%n", rounds, grown >> 10);
    assertTrue(grown < MARGIN, "heap has grown by " + grown + " bytes");
    Soak.report("workers opened and closed", rounds);
  }

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

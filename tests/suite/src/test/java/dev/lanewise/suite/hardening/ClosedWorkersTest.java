package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Workers;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Closing workers, whoever uses them: operations end, threads end, and memory returns. */
@Soaked
class ClosedWorkersTest {
  private static final int USERS = 16;

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
      int first = round;
      String context = "round " + round;
      ThreadFactory users = round % 2 == 0 ? Callers.PLATFORM : Callers.VIRTUAL;
      Workers workers = Workers.of(3);
      Callers.run(
          context,
          Callers.PLATFORM, // users on virtual threads need not give up their carrier
          3,
          caller -> {
            if (caller < 2) { // two of them close
              LockSupport.parkNanos(3_000_000L * (caller + first % 8));
              workers.close();
              assertEquals(0, LiveThreads.now().without(before).count(), "threads after close");
            } else {
              Callers.run(
                  context, users, USERS, user -> use(first + user, expected, workers, results));
            }
          });
    }
    assertTrue(results.get() > 0, "no result before closing");
    Soak.report("closings of workers in use", rounds);
  }

  private static void use(int first, int[] expected, Workers workers, AtomicLong results) {
    for (int i = first; ; i++) {
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

  /** Nothing holds what has been closed, nor an executor's workers that nobody refers to. */
  @Test
  void areNotHeld() throws Exception {
    int seeds = Soak.of(3, 30);
    Executor never = task -> {};
    for (SharedCall kind : KINDS) {
      for (int seed = 0; seed < seeds; seed++) {
        assertCleared(used(kind, seed, Workers.of(3)), kind + " of seed " + seed);
      }
      assertCleared(used(kind, 0, Workers.of(3, never)), kind + " by an executor");
    }
    Soak.report("workers that are not held", (seeds + 1L) * KINDS.length);
  }

  private static WeakReference<Workers> used(SharedCall kind, long seed, Workers workers) {
    kind.run(seed, workers);
    workers.close();
    return new WeakReference<>(workers);
  }

  private static void assertCleared(WeakReference<Workers> reference, String context)
      throws InterruptedException {
    System.gc();
    for (int tries = 0; reference.get() != null && tries < 50; tries++) {
      Thread.sleep(20);
      System.gc();
    }
    assertNull(reference.get(), () -> "still referred to after " + context);
  }

  @Test
  void giveThreadsAndMemoryBack() throws Exception {
    int rounds = Soak.of(60, 2000);
    try (Workers workers = Workers.of(3)) {
      for (SharedCall kind : KINDS) { // so that classes are loaded and pools are filled
        kind.run(2, workers);
      }
    }
    LiveThreads before = LiveThreads.now();
    long usedBefore = usedHeap();
    for (int round = 0; round < rounds; round++) {
      int seed = round;
      Callers.withWorkers(2 + round % 5, workers -> KINDS[seed % KINDS.length].run(seed, workers));
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

package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.operand.Mix;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Many threads, random operations and unreliable help: each result is what one thread computes. */
@Soaked
class ThreadsSoakTest {
  private static final int CALLERS = 16;
  private static final int CALLS = Soak.of(150, 4000);

  /** Results that are computed beforehand, for each kind of call. */
  private static final int SEEDS = 5;

  private static final long SEED =
      Long.getLong("lanewise.test.seed", Soak.LONG ? System.nanoTime() : 1);
  private static final String CONTEXT = "-Dlanewise.test.seed=" + SEED;
  private static final SharedCall[] KINDS = SharedCall.values();
  private static final int[][] EXPECTED = alone();

  private static int[][] alone() {
    try (Workers alone = Workers.of(1)) {
      int[][] sums = new int[KINDS.length][SEEDS];
      for (SharedCall kind : KINDS) {
        for (int seed = 0; seed < SEEDS; seed++) {
          sums[kind.ordinal()][seed] = kind.run(SEED + seed, alone);
        }
      }
      return sums;
    }
  }

  private static void call(Mix mix, Workers workers) {
    SharedCall kind = mix.choose(KINDS);
    int seed = mix.below(SEEDS);
    assertEquals(
        EXPECTED[kind.ordinal()][seed],
        kind.run(SEED + seed, workers),
        () -> kind + " of seed " + (SEED + seed) + " on threads: " + workers.threads());
  }

  private static void run(String what, ThreadFactory factory, Workers[] workers) throws Exception {
    Callers.run(
        CONTEXT,
        factory,
        CALLERS,
        caller -> {
          Mix mix = new Mix(SEED * 31 + caller);
          for (int i = 0; i < CALLS; i++) {
            call(mix, mix.choose(workers));
          }
        });
    Soak.report(what, (long) CALLERS * CALLS);
  }

  @Test
  void onOneWorkers() throws Exception {
    Callers.withWorkers(
        3, workers -> run("threads on one Workers", Callers.PLATFORM, new Workers[] {workers}));
  }

  @Test
  void virtualThreadsOnOneWorkers() throws Exception {
    Callers.withWorkers(
        3,
        workers -> run("virtual threads on one Workers", Callers.VIRTUAL, new Workers[] {workers}));
  }

  @Test
  void onWorkersOfTheirOwn() throws Exception {
    Callers.run(
        CONTEXT,
        Callers.PLATFORM,
        CALLERS,
        caller -> {
          Mix mix = new Mix(SEED * 37 + caller);
          try (Workers workers = Workers.of(2 + caller % 3)) {
            for (int i = 0; i < CALLS; i++) {
              call(mix, workers);
            }
          }
        });
    Soak.report("threads on a Workers each", (long) CALLERS * CALLS);
  }

  /** Tasks that are refused, lost, run twice, late, at once, or by somebody else. */
  @Test
  void onExecutorsThatDoWhatTheyLike() throws Exception {
    Queue<Runnable> kept = new ConcurrentLinkedQueue<>();
    AtomicLong asked = new AtomicLong();
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor();
    virtual.execute(
        () -> {
          while (!stop.get()) {
            LockSupport.parkNanos(200_000);
            for (Runnable late = kept.poll(); late != null; late = kept.poll()) {
              late.run();
            }
          }
        });
    Executor[] executors = executors(pool, virtual, kept);
    Workers[] workers = new Workers[executors.length];
    for (int i = 0; i < workers.length; i++) {
      Executor executor = executors[i];
      workers[i] =
          Workers.of(
              2 + i % 3,
              task -> {
                asked.incrementAndGet();
                executor.execute(task);
              });
    }
    try {
      run("threads on unreliable executors", Callers.PLATFORM, workers);
    } finally {
      stop.set(true);
      pool.shutdownNow();
      virtual.shutdownNow();
    }
    assertTrue(asked.get() > CALLERS * CALLS / 10, "asked for help: " + asked);
  }

  private static Executor[] executors(Executor pool, Executor virtual, Queue<Runnable> kept) {
    ExecutorService shut = Executors.newSingleThreadExecutor();
    shut.shutdown();
    return new Executor[] {
      shut,
      pool,
      virtual,
      Runnable::run,
      kept::add,
      task -> {},
      task -> {
        throw new OutOfMemoryError("no thread");
      },
      task -> {
        pool.execute(task);
        pool.execute(task);
        throw new RejectedExecutionException("too late");
      }
    };
  }

  /** Callers and helpers are interrupted once in each call, at any moment of it. */
  @Test
  void interruptsAreKept() throws Exception {
    LiveThreads before = LiveThreads.now();
    Callers.withWorkers(
        3,
        workers -> {
          LiveThreads helpers = LiveThreads.now().without(before);
          assertEquals(2, helpers.count(), helpers::toString);
          Interrupter interrupter = new Interrupter(CALLERS, helpers);
          Callers.PLATFORM.newThread(interrupter).start();
          try {
            interrupt(interrupter, workers);
          } finally {
            interrupter.stop();
          }
          helpers.assertSleep();
        });
    Soak.report("interrupts", (long) CALLERS * CALLS);
  }

  private static void interrupt(Interrupter interrupter, Workers workers) throws Exception {
    Callers.run(
        CONTEXT,
        Callers.PLATFORM,
        CALLERS,
        caller -> {
          Mix mix = new Mix(SEED * 41 + caller);
          for (int i = 0; i < CALLS; i++) {
            interrupter.ask(caller);
            call(mix, workers);
            interrupter.await(caller);
            assertTrue(Thread.interrupted(), "call " + i + " of caller " + caller);
          }
        });
  }

  /** A caller that waits for a part that a helper has begun, and is interrupted there. */
  @Test
  void anInterruptWhileWaitingIsKept() throws Exception {
    int rounds = Soak.of(20, 1000);
    Callers.withWorkers(
        2,
        workers ->
            Callers.run(
                "waiting",
                Callers.PLATFORM,
                1,
                caller -> {
                  for (int round = 0; round < rounds; round++) {
                    interruptWhileWaiting(workers);
                    assertTrue(Thread.interrupted(), "round " + round);
                  }
                }));
    Soak.report("interrupts of waiting callers", rounds);
  }

  private static void interruptWhileWaiting(Workers workers) {
    Thread own = Thread.currentThread();
    AtomicBoolean begun = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    workers.forEach(
        2,
        i -> {
          if (Thread.currentThread().equals(own)) {
            while (!begun.get()) {
              Thread.onSpinWait();
            }
          } else {
            begun.set(true);
            LockSupport.parkNanos(2_000_000);
            own.interrupt();
            LockSupport.parkNanos(1_000_000);
            ended.set(true);
          }
        });
    assertTrue(ended.get(), "returned before the part had ended");
  }
}

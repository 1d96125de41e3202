package dev.lanewise.kernels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every part is computed once, by whomever, in every use of a job. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobTest {
  /** Counts how often each part is computed in a use of it. */
  private static final class Counting implements Job.Parts {
    private final Job job = new Job(this);
    private final AtomicIntegerArray counts = new AtomicIntegerArray(64);
    private volatile int expected;

    void use(int parts, Job.Helpers helpers) {
      expected = parts;
      for (int i = 0; i < counts.length(); i++) {
        counts.set(i, 0);
      }
      job.execute(parts, helpers);
      for (int i = 0; i < counts.length(); i++) {
        assertEquals(i < parts ? 1 : 0, counts.get(i), "part " + i + " of " + parts);
      }
    }

    @Override
    public void part(int index) {
      counts.incrementAndGet(index);
      assertTrue(index < expected, "part " + index + " of " + expected);
    }
  }

  /** Threads that never stop asking for parts, whether the job is in use or not. */
  @Test
  void lateHelpersComputeNoPartTwice() throws InterruptedException {
    Counting counting = new Counting();
    AtomicBoolean stop = new AtomicBoolean();
    Thread[] helpers = new Thread[3];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] =
          new Thread(
              () -> {
                while (!stop.get()) {
                  counting.job.run();
                }
              });
      helpers[i].start();
    }
    Idle idle = new Idle();
    try {
      for (int use = 0; use < 5_000; use++) {
        counting.use(1 + use % 64, idle);
      }
    } finally {
      stop.set(true);
      for (Thread helper : helpers) {
        helper.join();
      }
    }
  }

  @Test
  void aCrewHelpsManyTimes() throws InterruptedException {
    Crew crew = new Crew(3);
    try {
      Counting counting = new Counting();
      for (int use = 0; use < 5_000; use++) {
        counting.use(1 + use % 64, crew);
        if (use % 250 == 0) {
          Thread.sleep(2); // so that helpers fall asleep, and must be woken
        }
      }
    } finally {
      crew.close();
    }
  }

  @Test
  void partsMayUseTheSameCrew() {
    Crew crew = new Crew(2);
    try {
      Job outer = new Job(index -> new Counting().use(5, crew));
      for (int use = 0; use < 200; use++) {
        outer.execute(8, crew);
      }
    } finally {
      crew.close();
    }
  }

  @Test
  void whatAPartThrowsReachesTheCallerWhenAllPartsAreDone() {
    IllegalArgumentException thrown = new IllegalArgumentException("part 3");
    AtomicIntegerArray done = new AtomicIntegerArray(8);
    Job job =
        new Job(
            index -> {
              done.incrementAndGet(index);
              if (index == 3) {
                throw thrown;
              }
            });
    Crew crew = new Crew(2);
    try {
      assertSame(thrown, assertThrows(RuntimeException.class, () -> job.execute(8, crew)));
      for (int i = 0; i < 8; i++) {
        assertEquals(1, done.get(i), "part " + i);
      }
    } finally {
      crew.close();
    }
  }

  /** An executor that throws what it must not. */
  @Test
  void whoFailsToHelpIsNotMissed() {
    Job.Helpers failing =
        new Job.Helpers() {
          @Override
          public void offer(Job job, int most) {
            throw new StackOverflowError("offer");
          }

          @Override
          public void withdraw(Job job) {}
        };
    Counting counting = new Counting();
    assertThrows(StackOverflowError.class, () -> counting.use(5, failing));
    counting.use(7, new Idle());
  }

  private static final class Idle implements Job.Helpers {
    @Override
    public void offer(Job job, int most) {}

    @Override
    public void withdraw(Job job) {}
  }
}

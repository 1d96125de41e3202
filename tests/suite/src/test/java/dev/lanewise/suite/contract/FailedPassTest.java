package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Standardize;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Statistics after a pass that an error has ended: here that of a stack without room, tried at each
 * depth from which the pass does not return. Interpreted: where C2 has inlined a pass, the stack is
 * full before it or not at all.
 */
@Tag("interpreted")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailedPassTest {
  private static final int STACK = 1 << 19;
  private static final int TURNS = 300;

  private static final FloatMatrix TWOS = filled(64, 2f);
  private static final FloatMatrix FIVES = filled(64, 5f);

  private static FloatMatrix filled(int rows, float value) {
    FloatMatrix x = FloatMatrix.zeros(rows, 40);
    Arrays.fill(x.array(), value);
    return x;
  }

  /** What is tried on a stack that is nearly full, and what is checked on an empty one. */
  private interface Trial {
    void prepare();

    void run();

    void check(boolean failed, String context);
  }

  @Test
  void statisticsHoldNoBatchThen() throws InterruptedException {
    BatchStatistics statistics = new BatchStatistics(40);
    int[] seen = new int[2];
    tryEverywhere(
        new Trial() {
          @Override
          public void prepare() {
            statistics.compute(TWOS);
          }

          @Override
          public void run() {
            statistics.compute(FIVES);
          }

          @Override
          public void check(boolean failed, String context) {
            boolean begun = statistics.samples() == 0;
            assertTrue(failed || !begun, context);
            seen[begun ? 1 : 0] += failed ? 1 : 0;
            if (!begun) {
              double mean = failed && statistics.mean(0) == 2 ? 2 : 5; // the old ones, or the new
              for (int j = 0; j < 40; j++) {
                assertEquals(mean, statistics.mean(j), context);
              }
            }
          }
        });
    assertNotEquals(0, seen[1], "no pass has failed after its beginning");
  }

  @Test
  void forwardLeavesNoBatchThen() throws InterruptedException {
    BatchStatistics statistics = new BatchStatistics(40);
    FloatSpan p = FloatSpan.zeros(40);
    BatchNorm norm = new BatchNorm(p, p, 1e-5);
    FloatMatrix y = FloatMatrix.zeros(64, 40);
    int[] begun = {0};
    tryEverywhere(
        new Trial() {
          @Override
          public void prepare() {
            norm.forward(TWOS, statistics, y);
          }

          @Override
          public void run() {
            norm.forward(FIVES, statistics, y);
          }

          @Override
          public void check(boolean failed, String context) {
            if (statistics.samples() == 0) {
              begun[0]++;
              return;
            }
            double mean = failed && statistics.mean(0) == 2 ? 2 : 5;
            assertEquals(mean, statistics.mean(39), context);
          }
        });
    assertNotEquals(0, begun[0], "no pass has failed after its beginning");
  }

  /** A chunk that could not be merged is merged with the next rows. */
  @Test
  void standardizeLosesNoRows() throws InterruptedException {
    Standardize[] standardize = new Standardize[1];
    FloatMatrix half = TWOS.rows(0, 32);
    int[] failures = {0};
    tryEverywhere(
        new Trial() {
          @Override
          public void prepare() {
            standardize[0] = new Standardize(40, 1e-5);
            standardize[0].fit(half);
          }

          @Override
          public void run() {
            standardize[0].fit(half);
          }

          @Override
          public void check(boolean failed, String context) {
            long rows = standardize[0].samples();
            if (failed && rows == 64) {
              failures[0]++;
            }
            assertTrue(rows >= 32 && rows <= 64, context + ": " + rows);
            standardize[0].fit(FIVES);
            assertEquals(rows + 64, standardize[0].samples(), context);
            double expected = (2 * rows + 5 * 64) / (rows + 64.0);
            assertEquals(expected, standardize[0].mean(7), 1e-6, context);
          }
        });
    assertNotEquals(0, failures[0], "no pass has failed in its merge");
  }

  private static void tryEverywhere(Trial trial) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, () -> tryDepths(trial, failure), "small stack", STACK);
    thread.start();
    thread.join();
    assertNull(failure.get(), () -> String.valueOf(failure.get()));
  }

  private static void tryDepths(Trial trial, AtomicReference<Throwable> failure) {
    try {
      for (int warm = 0; warm < 100; warm++) { // no class is loaded on a stack that is nearly full
        trial.prepare();
        trial.run();
        trial.check(false, "an empty stack");
      }
      int depth = 0;
      for (int step = 1 << 16; step > 0; step /= 2) { // the deepest that succeeds, about
        trial.prepare();
        if (!fails(trial, depth + step)) {
          depth += step;
        }
      }
      int rise = 7;
      for (int turn = 0; turn < TURNS; turn++) { // around the edge
        trial.prepare();
        boolean failed = fails(trial, depth);
        trial.check(failed, "depth " + depth);
        depth += failed ? -5 : rise;
        rise = failed ? 7 : 2 * rise;
      }
    } catch (Throwable e) {
      failure.set(e);
    }
  }

  private static boolean fails(Trial trial, int depth) {
    try {
      descend(trial, depth);
      return false;
    } catch (StackOverflowError e) {
      return true;
    }
  }

  private static void descend(Trial trial, int depth) {
    if (depth == 0) {
      trial.run();
    } else {
      descend(trial, depth - 1);
    }
  }
}

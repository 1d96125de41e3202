package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Workers;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers change the speed of operations along rows or columns and never a bit of them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RowWorkersTest {
  /**
   * Many rows, rows of more than a block, few long ones, one alone, and short ones that are taken
   * many at a time: large enough to be shared.
   */
  private static final int[][] SHAPES = {
    {2001, 77}, {25, 4097}, {3, 40000}, {2, 60001}, {1, 100001}, {12001, 10}
  };

  private static final Layout[] LAYOUTS = {Layout.DENSE, Layout.STRIDED, Layout.COLUMN_MAJOR};

  private static final int BLOCK = 4096;

  private static final List<RowCall> CALLS = RowCall.all();

  private static void assertSameBits(
      RowCall call, RowOperands given, Workers workers, String context) {
    call.alone().accept(given);
    List<float[]> expected = given.take();
    call.withWorkers().accept(given, workers);
    List<float[]> actual = given.take();
    for (int i = 0; i < expected.size(); i++) {
      String name = call + ", result " + i;
      Bits.assertEqual(name, actual.get(i), expected.get(i), context);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void workersGiveTheSameBits(int threads) {
    try (Workers workers = Workers.of(threads)) {
      for (int[] shape : SHAPES) {
        for (Layout layout : LAYOUTS) {
          RowOperands given = new RowOperands(shape[0], shape[1], layout);
          String context = shape[0] + "×" + shape[1] + " " + layout + " threads=" + threads;
          for (RowCall call : CALLS) {
            assertSameBits(call, given, workers, context);
          }
        }
      }
    }
  }

  /**
   * Exponentials need care where a logit is far below the rest, of which other blocks tell nothing;
   * once with a worker, and once with all blocks on the caller, one after the other.
   */
  @ParameterizedTest
  @ValueSource(floats = {Float.NEGATIVE_INFINITY, -200f})
  void oneLowLogitIsSeenInEveryBlock(float low) {
    try (Workers two = Workers.of(2)) {
      Workers alone = Workers.of(2, task -> {});
      List<Executable> checks = new ArrayList<>();
      for (int[] shape : new int[][] {{1, 100_001}, {2, 60_001}}) {
        for (int block : new int[] {0, 3, 9}) {
          Mix mix = new Mix(block);
          FloatMatrix x = Views.matrix(Layout.DENSE, shape[0], shape[1], mix::unit);
          x.set(shape[0] - 1, block * BLOCK + 17, low);
          RowOperands given = new RowOperands(Layout.DENSE, 1f, x);
          String context = shape[0] + "×" + shape[1] + ", " + low + " in block " + block;
          for (RowCall call : CALLS) {
            checks.add(() -> assertSameBits(call, given, two, context));
            checks.add(() -> assertSameBits(call, given, alone, context + ", no help"));
          }
        }
      }
      assertAll(checks);
    }
  }

  /** Otherwise the comparison would be one of the same code with itself. */
  @Test
  void whatIsLargeIsShared() {
    AtomicInteger asked = new AtomicInteger();
    Workers workers = Workers.of(3, task -> asked.incrementAndGet());
    List<Executable> checks = new ArrayList<>();
    for (int[] shape : SHAPES) {
      RowOperands given = new RowOperands(shape[0], shape[1], Layout.DENSE);
      for (RowCall call : CALLS) {
        checks.add(
            () -> {
              asked.set(0);
              call.withWorkers().accept(given, workers);
              boolean expected = call.shared().fits(shape[0], shape[1]);
              assertEquals(expected, asked.get() > 0, call + ", " + shape[0] + "×" + shape[1]);
            });
      }
    }
    assertAll(checks);
  }
}

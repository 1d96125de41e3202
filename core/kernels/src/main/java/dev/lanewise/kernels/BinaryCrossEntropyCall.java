package dev.lanewise.kernels;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import dev.lanewise.kernels.internal.vector.VectorCrossEntropy;

/**
 * Binary cross-entropy of the rows of a matrix, or of their blocks where all rows lie in one piece.
 */
final class BinaryCrossEntropyCall extends Ranges {
  private static final double NANOS_PER_ELEMENT = 0.5;

  private static final Pool<BinaryCrossEntropyCall> POOL =
      new Pool<>(CALLERS, BinaryCrossEntropyCall::new);

  private FloatMatrix x;
  private FloatMatrix targets;
  private float weight;
  private float[] sums;
  private FloatMatrix out;

  /** Elements of a piece of a row, and how many pieces a row has. */
  private int length;

  private int pieces;

  private BinaryCrossEntropyCall() {}

  /**
   * If there are sums, sums[i] ← the sum of row i's losses, and out, if there is one, ← the
   * gradient times the weight; else out ← the losses. The operands have been checked.
   */
  static void run(
      FloatMatrix x,
      FloatMatrix targets,
      float weight,
      float[] sums,
      FloatMatrix out,
      Workers workers) {
    int m = x.rows();
    int n = x.columns();
    BinaryCrossEntropyCall call = POOL.take();
    boolean contiguous =
        Operands.hasContiguousRows(x)
            && Operands.hasContiguousRows(targets)
            && Operands.hasContiguousRows(out);
    boolean whole = n <= BLOCK || !contiguous;
    call.x = x;
    call.targets = targets;
    call.weight = weight;
    call.out = out;
    call.length = whole ? n : BLOCK;
    call.pieces = whole ? 1 : Math.ceilDiv(n, BLOCK);
    int count = Math.multiplyExact(m, call.pieces);
    call.sums = sums == null || whole ? sums : Scratch.floats(count);
    try {
      call.run(count, 1, NANOS_PER_ELEMENT * m * n, workers);
      if (sums != null && !whole) {
        for (int i = 0; i < m; i++) {
          sums[i] = ScalarReduce.foldBlocks(call.sums, i * call.pieces, call.pieces);
        }
        Scratch.give(call.sums);
      }
    } finally {
      call.x = null;
      call.targets = null;
      call.sums = null;
      call.out = null;
      POOL.give(call);
    }
  }

  @Override
  void range(int from, int to) {
    RowSteps steps = RowSteps.take(null);
    int end = Math.ceilDiv(to, pieces);
    steps.first.open(x, end);
    steps.second.open(targets, end);
    steps.third.open(out, end);
    float[] losses = sums == null ? null : Scratch.floats(length);
    for (int piece = from; piece < to; piece++) {
      int i = piece / pieces;
      int j = piece % pieces * length;
      int n = Math.min(length, x.columns() - j);
      steps.first.read(i);
      steps.second.read(i);
      if (out != null) {
        steps.third.write(i);
      }
      if (losses == null) {
        losses(n, steps, j, steps.third.array, steps.third.offset + j, false);
      } else {
        losses(n, steps, j, losses, 0, out != null);
        sums[piece] = steps.sum(n, losses, 0);
      }
      if (out != null) {
        steps.third.store(i);
      }
    }
    if (losses != null) {
      Scratch.give(losses);
    }
    steps.first.close();
    steps.second.close();
    steps.third.close();
    steps.give();
  }

  /** The losses of n elements from column j on, and then their gradient to the third operand. */
  private void losses(int n, RowSteps steps, int j, float[] to, int at, boolean gradient) {
    float[] a = steps.first.array;
    int ao = steps.first.offset + j;
    float[] t = steps.second.array;
    int ts = steps.second.offset + j;
    float[] g = gradient ? steps.third.array : null;
    int go = steps.third.offset + j;
    if (Chooser.vector()) {
      VectorCrossEntropy.binaryLosses(n, weight, a, ao, t, ts, to, at, g, go);
      return;
    }
    ScalarSoftmax.binaryLosses(n, a, ao, t, ts, to, at);
    if (gradient) {
      ScalarSoftmax.binaryGradient(n, weight, a, ao, t, ts, g, go);
    }
  }
}

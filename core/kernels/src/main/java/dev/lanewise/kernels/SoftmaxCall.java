package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.vector.VectorNarrow;

/** An operation of the softmax family on the rows of matrices. */
final class SoftmaxCall extends Ranges {
  /** Which operation. */
  enum Kind {
    FORWARD,
    BACKWARD,
    LOG_FORWARD,
    LOG_BACKWARD,
    LOG_SUM_EXP,
    LOG_SUM_EXP_BACKWARD
  }

  private static final double NANOS_PER_ELEMENT = 0.3;

  private static final Pool<SoftmaxCall> POOL = new Pool<>(CALLERS, SoftmaxCall::new);

  private Kind kind;
  private float scale;
  private FloatMatrix x;
  private FloatMatrix dy;
  private FloatMatrix out;
  private FloatSpan sums;
  private FloatSpan slopes;
  private Workers sharing;

  private SoftmaxCall() {}

  /** Runs an operation on operands that have been checked; it ignores those it does not have. */
  static void run(
      Kind kind,
      float temperature,
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix out,
      FloatSpan sums,
      FloatSpan slopes,
      Workers workers) {
    int m = x.rows();
    int n = x.columns();
    SoftmaxCall call = POOL.take();
    call.kind = kind;
    call.scale = 1 / temperature;
    call.x = x;
    call.dy = dy;
    call.out = out;
    call.sums = sums;
    call.slopes = slopes;
    call.sharing = RowSteps.sharingRows(m, n, workers);
    try {
      call.run(m, 1, NANOS_PER_ELEMENT * m * n, call.sharing == null ? workers : null);
    } finally {
      call.x = null;
      call.dy = null;
      call.out = null;
      call.sums = null;
      call.slopes = null;
      call.sharing = null;
      POOL.give(call);
    }
  }

  @Override
  void range(int from, int to) {
    RowSteps steps = RowSteps.take(sharing);
    steps.first.open(x, to);
    steps.second.open(dy, to);
    steps.third.open(out, to);
    for (int i = from + narrow(from, to); i < to; i++) {
      steps.first.read(i);
      if (dy != null) {
        steps.second.read(i);
      }
      if (out != null) {
        steps.third.write(i);
      }
      row(steps, i);
      if (out != null) {
        steps.third.store(i);
      }
    }
    steps.first.close();
    steps.second.close();
    steps.third.close();
    steps.give();
  }

  /** Takes the first rows many at a time if they are short; returns how many. */
  private int narrow(int from, int to) {
    int n = x.columns();
    boolean contiguous =
        Operands.hasContiguousRows(x)
            && Operands.hasContiguousRows(dy)
            && Operands.hasContiguousRows(out);
    if (!Chooser.vector() || n == 0 || n > VectorNarrow.COLUMNS || !contiguous || out == null) {
      return 0;
    }
    int m = to - from;
    float[] a = x.array();
    int ars = x.rowStride();
    int ao = x.offset() + from * ars;
    float[] y = out.array();
    int yrs = out.rowStride();
    int yo = out.offset() + from * yrs;
    return switch (kind) {
      case FORWARD -> VectorNarrow.forward(m, n, scale, a, ao, ars, y, yo, yrs);
      case LOG_FORWARD -> VectorNarrow.logForward(m, n, scale, a, ao, ars, y, yo, yrs);
      case BACKWARD -> {
        int prs = dy.rowStride();
        int po = dy.offset() + from * prs;
        yield VectorNarrow.backward(m, n, scale, a, ao, ars, dy.array(), po, prs, y, yo, yrs);
      }
      default -> 0;
    };
  }

  private void row(RowSteps steps, int i) {
    int n = x.columns();
    float[] a = steps.first.array;
    int ao = steps.first.offset;
    float[] b = steps.second.array;
    int bo = steps.second.offset;
    float[] y = steps.third.array;
    int yo = steps.third.offset;
    switch (kind) {
      case FORWARD -> {
        float sum = steps.exponentials(n, steps.max(n, a, ao), scale, a, ao, y, yo);
        steps.multiply(n, 1f / sum, y, yo);
      }
      case BACKWARD -> {
        float s = steps.dot(n, b, bo, a, ao);
        steps.backward(n, s, scale, a, ao, b, bo, y, yo);
      }
      case LOG_FORWARD -> {
        float max = steps.max(n, a, ao);
        float logSum = ScalarMath.log(steps.sumOfExponentials(n, max, scale, a, ao));
        steps.logarithms(n, max, scale, logSum, a, ao, y, yo);
      }
      case LOG_BACKWARD -> {
        float s = steps.sum(n, b, bo);
        steps.logBackward(n, s, scale, a, ao, b, bo, y, yo);
      }
      case LOG_SUM_EXP ->
          sums.array()[sums.offset() + i * sums.stride()] = logSumExp(steps, n, a, ao);
      case LOG_SUM_EXP_BACKWARD -> {
        float logSum = sums.array()[sums.offset() + i * sums.stride()];
        float slope = slopes.array()[slopes.offset() + i * slopes.stride()];
        steps.logSumExpBackward(n, scale, logSum, slope * scale, a, ao, y, yo);
      }
    }
  }

  /** An infinite maximum is the result, as nothing can be subtracted from it. */
  private float logSumExp(RowSteps steps, int n, float[] x, int xo) {
    float max = steps.max(n, x, xo);
    if (Float.isInfinite(max)) {
      return max;
    }
    return max * scale + ScalarMath.log(steps.sumOfExponentials(n, max, scale, x, xo));
  }
}

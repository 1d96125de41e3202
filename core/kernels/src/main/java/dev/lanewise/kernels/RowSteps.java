package dev.lanewise.kernels;

import static dev.lanewise.kernels.internal.scalar.ScalarReduce.BLOCK;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarMaximum;
import dev.lanewise.kernels.internal.scalar.ScalarReduce;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import dev.lanewise.kernels.internal.vector.VectorCrossEntropy;
import dev.lanewise.kernels.internal.vector.VectorExponentials;
import dev.lanewise.kernels.internal.vector.VectorMaximum;
import dev.lanewise.kernels.internal.vector.VectorReduce;
import dev.lanewise.kernels.internal.vector.VectorSoftmax;

/**
 * The steps that operations along a contiguous row consist of, by vector or scalar code. If there
 * are workers, they share a long row by its blocks, whose results fold as those of a row.
 */
final class RowSteps extends Ranges {
  private static final Pool<RowSteps> POOL = new Pool<>(2 * CALLERS, RowSteps::new);

  private static final double NANOS_PER_ELEMENT = 0.2;

  /** Below so many rows for each thread one row more is felt: of four it is a quarter. */
  private static final int FEW_ROWS = 4;

  /** The rows of up to three operands, for whoever takes the steps. */
  final RowCursor first = new RowCursor();

  final RowCursor second = new RowCursor();
  final RowCursor third = new RowCursor();

  private final float[] lanes = new float[ScalarReduce.WORK];

  /** The maximum of a row, and its least element or NaN. */
  private final float[] extremes = new float[2];

  /** The index of that row if it was looked at ahead of its turn, or -1. */
  private int ahead = -1;

  /** The index of that row if its maximum was taken last, or -1. */
  private int current = -1;

  private Workers workers;

  // The step that is shared, with its operands.
  private Step step;
  private int n;
  private float p;
  private float q;
  private float r;
  private float[] x;
  private int xo;
  private float[] y;
  private int yo;
  private float[] z;
  private int zo;
  private float[] partial;

  private enum Step {
    MAX,
    SUM,
    DOT,
    EXPONENTIALS,
    SUM_OF_EXPONENTIALS,
    SUM_OF_DIFFERENCES,
    SUM_OF_TARGETS,
    MULTIPLY,
    LOGARITHMS,
    BACKWARD,
    LOG_BACKWARD,
    LOG_SUM_EXP_BACKWARD,
    SMOOTH,
    GRADIENT,
    GRADIENT_OF_TARGETS
  }

  private RowSteps() {}

  /**
   * The workers that share each row, because rows are long and too few to be shared themselves; or
   * null.
   */
  static Workers sharingRows(int m, int n, Workers workers) {
    boolean few = workers != null && m < FEW_ROWS * (long) workers.threads();
    return few && n > BLOCK && isShared(NANOS_PER_ELEMENT * n, workers) ? workers : null;
  }

  /** Takes one from the pool; workers, unless null, share rows of more than one block. */
  static RowSteps take(Workers workers) {
    RowSteps steps = POOL.take();
    steps.workers = workers;
    return steps;
  }

  /** Puts it back; it must not be used afterwards. */
  void give() {
    workers = null;
    lookAhead(-1);
    POOL.give(this);
  }

  /** As {@link ScalarMaximum#max}. */
  float max(int n, float[] x, int xo) {
    if (isShared(n)) {
      return share(Step.MAX, n, 0, 0, 0, x, xo, null, 0, null, 0);
    }
    if (!Chooser.vector()) {
      return ScalarMaximum.max(x, xo, n);
    }
    if (ahead != xo) {
      VectorMaximum.extremes(x, xo, n, extremes);
    }
    lookAhead(-1);
    current = xo;
    return extremes[0];
  }

  private void lookAhead(int xo) {
    ahead = xo;
    current = -1;
  }

  /** As {@link ScalarMaximum#argmax}. */
  int argmax(int n, float[] x, int xo) {
    if (!Chooser.vector()) {
      return ScalarMaximum.argmax(x, xo, n);
    }
    return n == 0 ? -1 : VectorMaximum.firstOf(max(n, x, xo), x, xo, n);
  }

  /** As {@link ScalarReduce#sum}. */
  float sum(int n, float[] x, int xo) {
    if (isShared(n)) {
      return share(Step.SUM, n, 0, 0, 0, x, xo, null, 0, null, 0);
    }
    return Chooser.vector()
        ? VectorReduce.sum(x, xo, n, lanes)
        : ScalarReduce.sum(x, xo, 1, n, lanes);
  }

  /** As {@link ScalarReduce#dot}. */
  float dot(int n, float[] x, int xo, float[] y, int yo) {
    if (isShared(n)) {
      return share(Step.DOT, n, 0, 0, 0, x, xo, y, yo, null, 0);
    }
    return Chooser.vector()
        ? VectorReduce.dot(1f, x, xo, y, yo, n, lanes)
        : ScalarReduce.dot(1f, x, xo, 1, y, yo, 1, n, lanes);
  }

  /** As {@link ScalarSoftmax#exponentials}, of the first operand's row or one that is shared. */
  float exponentials(int n, float max, float scale, float[] x, int xo, float[] y, int yo) {
    if (isShared(n)) {
      return share(Step.EXPONENTIALS, n, max, scale, 0, x, xo, y, yo, null, 0);
    }
    return Chooser.vector()
        ? exponentials(n, max, scale, x, xo, y, yo, true)
        : ScalarSoftmax.exponentials(n, max, scale, x, xo, y, yo, lanes);
  }

  /** As {@link ScalarSoftmax#sumOfExponentials}, of a row as for {@link #exponentials}. */
  float sumOfExponentials(int n, float max, float scale, float[] x, int xo) {
    if (isShared(n)) {
      return share(Step.SUM_OF_EXPONENTIALS, n, max, scale, 0, x, xo, null, 0, null, 0);
    }
    if (!Chooser.vector()) {
      return ScalarSoftmax.sumOfExponentials(n, max, scale, x, xo, lanes);
    }
    float[] work = Scratch.floats(Math.min(n, BLOCK));
    float sum = exponentials(n, max, scale, x, xo, work, 0, false);
    Scratch.give(work);
    return sum;
  }

  /** By vector code, which looks at the first operand's next row. */
  private float exponentials(
      int n, float max, float scale, float[] x, int xo, float[] y, int yo, boolean kept) {
    float least = current == xo ? extremes[1] : Float.NaN; // of a block it is not known
    lookAhead(first.next);
    return VectorExponentials.exponentials(
        n, least, max, scale, x, xo, y, yo, kept, lanes, ahead, extremes);
  }

  /** As {@link ScalarSoftmax#sumOfDifferences}. */
  float sumOfDifferences(int n, float max, float[] x, int xo) {
    if (isShared(n)) {
      return share(Step.SUM_OF_DIFFERENCES, n, max, 0, 0, x, xo, null, 0, null, 0);
    }
    return Chooser.vector()
        ? VectorCrossEntropy.sumOfDifferences(n, max, x, xo, lanes)
        : ScalarSoftmax.sumOfDifferences(n, max, x, xo, lanes);
  }

  /** As {@link ScalarSoftmax#sumOfTargets}. */
  float sumOfTargets(int n, float max, float[] x, int xo, float[] t, int to) {
    if (isShared(n)) {
      return share(Step.SUM_OF_TARGETS, n, max, 0, 0, x, xo, t, to, null, 0);
    }
    return Chooser.vector()
        ? VectorCrossEntropy.sumOfTargets(n, max, x, xo, t, to, lanes)
        : ScalarSoftmax.sumOfTargets(n, max, x, xo, t, to, lanes);
  }

  /** As {@link ScalarSoftmax#multiply}. */
  void multiply(int n, float factor, float[] y, int yo) {
    if (isShared(n)) {
      share(Step.MULTIPLY, n, factor, 0, 0, y, yo, null, 0, null, 0);
    } else if (Chooser.vector()) {
      VectorSoftmax.multiply(n, factor, y, yo);
    } else {
      ScalarSoftmax.multiply(n, factor, y, yo);
    }
  }

  /** As {@link ScalarSoftmax#logarithms}. */
  void logarithms(
      int n, float max, float scale, float logSum, float[] x, int xo, float[] y, int yo) {
    if (isShared(n)) {
      share(Step.LOGARITHMS, n, max, scale, logSum, x, xo, y, yo, null, 0);
    } else if (Chooser.vector()) {
      VectorSoftmax.logarithms(n, max, scale, logSum, x, xo, y, yo);
    } else {
      ScalarSoftmax.logarithms(n, max, scale, logSum, x, xo, y, yo);
    }
  }

  /** As {@link ScalarSoftmax#backward}. */
  void backward(
      int n, float s, float scale, float[] y, int yo, float[] dy, int po, float[] dx, int dxo) {
    if (isShared(n)) {
      share(Step.BACKWARD, n, s, scale, 0, y, yo, dy, po, dx, dxo);
    } else if (Chooser.vector()) {
      VectorSoftmax.backward(n, s, scale, y, yo, dy, po, dx, dxo);
    } else {
      ScalarSoftmax.backward(n, s, scale, y, yo, dy, po, dx, dxo);
    }
  }

  /** As {@link ScalarSoftmax#logBackward}. */
  void logBackward(
      int n, float s, float scale, float[] y, int yo, float[] dy, int po, float[] dx, int dxo) {
    if (isShared(n)) {
      share(Step.LOG_BACKWARD, n, s, scale, 0, y, yo, dy, po, dx, dxo);
    } else if (Chooser.vector()) {
      VectorSoftmax.logBackward(n, s, scale, y, yo, dy, po, dx, dxo);
    } else {
      ScalarSoftmax.logBackward(n, s, scale, y, yo, dy, po, dx, dxo);
    }
  }

  /** As {@link ScalarSoftmax#logSumExpBackward}. */
  void logSumExpBackward(
      int n, float scale, float logSum, float factor, float[] x, int xo, float[] dx, int dxo) {
    if (isShared(n)) {
      share(Step.LOG_SUM_EXP_BACKWARD, n, scale, logSum, factor, x, xo, dx, dxo, null, 0);
    } else if (Chooser.vector()) {
      VectorSoftmax.logSumExpBackward(n, scale, logSum, factor, x, xo, dx, dxo);
    } else {
      ScalarSoftmax.logSumExpBackward(n, scale, logSum, factor, x, xo, dx, dxo);
    }
  }

  /** As {@link ScalarSoftmax#smooth}. */
  void smooth(int n, float keep, float rest, float[] t, int to) {
    if (isShared(n)) {
      share(Step.SMOOTH, n, keep, rest, 0, t, to, null, 0, null, 0);
    } else if (Chooser.vector()) {
      VectorCrossEntropy.smooth(n, keep, rest, t, to);
    } else {
      ScalarSoftmax.smooth(n, keep, rest, t, to);
    }
  }

  /** As {@link ScalarSoftmax#gradient}. */
  void gradient(int n, float factor, float target, float weight, float[] g, int go) {
    if (isShared(n)) {
      share(Step.GRADIENT, n, factor, target, weight, g, go, null, 0, null, 0);
    } else if (Chooser.vector()) {
      VectorCrossEntropy.gradient(n, factor, target, weight, g, go);
    } else {
      ScalarSoftmax.gradient(n, factor, target, weight, g, go);
    }
  }

  /** As {@link ScalarSoftmax#gradientOfTargets}. */
  void gradientOfTargets(int n, float factor, float weight, float[] t, int to, float[] g, int go) {
    if (isShared(n)) {
      share(Step.GRADIENT_OF_TARGETS, n, factor, weight, 0, t, to, g, go, null, 0);
    } else if (Chooser.vector()) {
      VectorCrossEntropy.gradientOfTargets(n, factor, weight, t, to, g, go);
    } else {
      ScalarSoftmax.gradientOfTargets(n, factor, weight, t, to, g, go);
    }
  }

  private boolean isShared(int n) {
    return n > BLOCK && isShared(NANOS_PER_ELEMENT * n, workers);
  }

  /** Shares a step; the sum or maximum of what it gives for blocks, or 0. */
  private float share(
      Step step,
      int n,
      float p,
      float q,
      float r,
      float[] x,
      int xo,
      float[] y,
      int yo,
      float[] z,
      int zo) {
    int blocks = Math.ceilDiv(n, BLOCK);
    this.step = step;
    this.n = n;
    this.p = p;
    this.q = q;
    this.r = r;
    this.x = x;
    this.xo = xo;
    this.y = y;
    this.yo = yo;
    this.z = z;
    this.zo = zo;
    partial = Scratch.floats(blocks);
    try {
      run(blocks, 1, NANOS_PER_ELEMENT * n, workers);
      return step == Step.MAX
          ? ScalarMaximum.max(partial, 0, blocks)
          : ScalarReduce.foldBlocks(partial, 0, blocks);
    } finally {
      Scratch.give(partial);
      partial = null;
      this.x = null;
      this.y = null;
      this.z = null;
    }
  }

  @Override
  void range(int from, int to) {
    RowSteps own = take(null);
    for (int block = from; block < to; block++) {
      int i = block * BLOCK;
      int length = Math.min(BLOCK, n - i);
      switch (step) {
        case MAX -> partial[block] = own.max(length, x, xo + i);
        case SUM -> partial[block] = own.sum(length, x, xo + i);
        case DOT -> partial[block] = own.dot(length, x, xo + i, y, yo + i);
        case EXPONENTIALS -> partial[block] = own.exponentials(length, p, q, x, xo + i, y, yo + i);
        case SUM_OF_EXPONENTIALS -> partial[block] = own.sumOfExponentials(length, p, q, x, xo + i);
        case SUM_OF_DIFFERENCES -> partial[block] = own.sumOfDifferences(length, p, x, xo + i);
        case SUM_OF_TARGETS -> partial[block] = own.sumOfTargets(length, p, x, xo + i, y, yo + i);
        case MULTIPLY -> own.multiply(length, p, x, xo + i);
        case LOGARITHMS -> own.logarithms(length, p, q, r, x, xo + i, y, yo + i);
        case BACKWARD -> own.backward(length, p, q, x, xo + i, y, yo + i, z, zo + i);
        case LOG_BACKWARD -> own.logBackward(length, p, q, x, xo + i, y, yo + i, z, zo + i);
        case LOG_SUM_EXP_BACKWARD -> own.logSumExpBackward(length, p, q, r, x, xo + i, y, yo + i);
        case SMOOTH -> own.smooth(length, p, q, x, xo + i);
        case GRADIENT -> own.gradient(length, p, q, r, x, xo + i);
        case GRADIENT_OF_TARGETS -> own.gradientOfTargets(length, p, q, x, xo + i, y, yo + i);
      }
    }
    own.give();
  }
}

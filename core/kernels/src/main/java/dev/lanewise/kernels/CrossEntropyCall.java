package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarMath;
import dev.lanewise.kernels.internal.vector.VectorNarrow;
import java.util.Arrays;

/** Losses of the rows of logits, with their gradient unless it is not wanted. */
final class CrossEntropyCall extends Ranges {
  private static final double NANOS_PER_ELEMENT = 0.3;

  private static final Pool<CrossEntropyCall> POOL = new Pool<>(CALLERS, CrossEntropyCall::new);

  private CrossEntropy settings;
  private FloatMatrix x;
  private Labels labels;
  private FloatMatrix targets;
  private float divisor;
  private float keep;
  private float rest;
  private float[] losses;
  private FloatMatrix dx;
  private Workers sharing;

  private CrossEntropyCall() {}

  /**
   * losses[i] ← the loss of row i times its weight, and dx ← its gradient over the divisor, on
   * operands that have been checked.
   */
  static void run(
      CrossEntropy settings,
      FloatMatrix x,
      Targets targets,
      float divisor,
      float[] losses,
      FloatMatrix dx,
      Workers workers) {
    int m = x.rows();
    int n = x.columns();
    CrossEntropyCall call = POOL.take();
    call.settings = settings;
    call.x = x;
    call.labels = targets instanceof Labels labels ? labels : null;
    call.targets = targets instanceof FloatMatrix matrix ? matrix : null;
    call.divisor = divisor;
    call.keep = (float) (1 - settings.smoothing());
    call.rest = n == 0 ? 0f : (float) (settings.smoothing() / n);
    call.losses = losses;
    call.dx = dx;
    call.sharing = RowSteps.sharingRows(m, n, workers);
    try {
      call.run(m, 1, NANOS_PER_ELEMENT * m * n, call.sharing == null ? workers : null);
    } finally {
      call.settings = null;
      call.x = null;
      call.labels = null;
      call.targets = null;
      call.losses = null;
      call.dx = null;
      call.sharing = null;
      POOL.give(call);
    }
  }

  @Override
  void range(int from, int to) {
    int n = x.columns();
    RowSteps steps = RowSteps.take(sharing);
    steps.first.open(x, to);
    steps.second.open(targets, to);
    steps.third.open(dx, to);
    float[] work = targets != null && rest != 0f ? Scratch.floats(n) : null;
    for (int i = from + narrow(from, to); i < to; i++) {
      if (dx != null) {
        steps.third.write(i);
      }
      float weight = settings.weight(labels, i);
      if (weight == 0f) {
        ignore(steps, i);
        continue;
      }
      steps.first.read(i);
      if (targets == null) {
        losses[i] = weight * labelled(steps, n, labels.array()[labels.offset() + i], weight);
      } else {
        steps.second.read(i);
        losses[i] = weight * distributed(steps, n, weight, work);
      }
      if (dx != null) {
        steps.third.store(i);
      }
    }
    if (work != null) {
      Scratch.give(work);
    }
    steps.first.close();
    steps.second.close();
    steps.third.close();
    steps.give();
  }

  /** Takes the first rows many at a time if they are short; returns how many. */
  private int narrow(int from, int to) {
    int n = x.columns();
    boolean fits = targets == null && settings.isPlain() && n > 0 && n <= VectorNarrow.COLUMNS;
    boolean contiguous = Operands.hasContiguousRows(x) && Operands.hasContiguousRows(dx);
    if (!Chooser.vector() || !fits || !contiguous) {
      return 0;
    }
    return VectorNarrow.labelled(
        to - from,
        n,
        x.array(),
        x.offset() + from * x.rowStride(),
        x.rowStride(),
        labels.array(),
        labels.offset() + from,
        losses,
        from,
        1f / divisor,
        dx == null ? null : dx.array(),
        dx == null ? 0 : dx.offset() + from * dx.rowStride(),
        dx == null ? 0 : dx.rowStride());
  }

  private void ignore(RowSteps steps, int i) {
    losses[i] = 0f;
    if (dx != null && x.columns() > 0) {
      int from = steps.third.offset;
      Arrays.fill(steps.third.array, from, from + x.columns(), 0f);
      steps.third.store(i);
    }
  }

  /** The row's loss; its gradient is that of x·(softmax - target), with exponentials in between. */
  private float labelled(RowSteps steps, int n, int label, float weight) {
    float[] a = steps.first.array;
    int ao = steps.first.offset;
    float logit = a[ao + label]; // read before a gradient in place overwrites it
    float max = steps.max(n, a, ao);
    float difference = max - logit;
    if (rest != 0f) {
      float own = keep == 0f ? 0f : keep * difference; // which may be infinite
      difference = ScalarMath.fma(rest, steps.sumOfDifferences(n, max, a, ao), own);
    }
    if (dx == null) {
      return difference + ScalarMath.log(steps.sumOfExponentials(n, max, 1f, a, ao));
    }
    float[] g = steps.third.array;
    int go = steps.third.offset;
    float sum = steps.exponentials(n, max, 1f, a, ao, g, go);
    float reciprocal = 1f / sum;
    float exponential = g[go + label];
    steps.gradient(n, reciprocal, rest, weight / divisor, g, go);
    g[go + label] = ScalarMath.fma(exponential, reciprocal, -(keep + rest)) * (weight / divisor);
    return difference + ScalarMath.log(sum);
  }

  private float distributed(RowSteps steps, int n, float weight, float[] work) {
    float[] a = steps.first.array;
    int ao = steps.first.offset;
    float[] t = steps.second.array;
    int to = steps.second.offset;
    if (rest != 0f) {
      System.arraycopy(t, to, work, 0, n);
      steps.smooth(n, keep, rest, work, 0);
      t = work;
      to = 0;
    }
    float max = steps.max(n, a, ao);
    float total = steps.sum(n, t, to);
    float difference = steps.sumOfTargets(n, max, a, ao, t, to);
    if (dx == null) {
      float sum = steps.sumOfExponentials(n, max, 1f, a, ao);
      return ScalarMath.fma(total, ScalarMath.log(sum), difference);
    }
    float[] g = steps.third.array;
    int go = steps.third.offset;
    float sum = steps.exponentials(n, max, 1f, a, ao, g, go);
    steps.gradientOfTargets(n, total / sum, weight / divisor, t, to, g, go);
    return ScalarMath.fma(total, ScalarMath.log(sum), difference);
  }
}

package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.Scratch;
import dev.lanewise.kernels.internal.scalar.ScalarSoftmax;
import dev.lanewise.kernels.internal.vector.VectorSoftmax;

/** Binary cross-entropy of the rows of a matrix. */
final class BinaryCrossEntropyCall extends Ranges {
  private static final double NANOS_PER_ELEMENT = 0.5;

  private static final Pool<BinaryCrossEntropyCall> POOL = new Pool<>(CALLERS);

  private FloatMatrix x;
  private FloatMatrix targets;
  private float weight;
  private float[] sums;
  private FloatMatrix out;
  private boolean gradient;

  private BinaryCrossEntropyCall() {}

  /**
   * sums[i] ← the sum of row i's losses, if there are sums; to out, if there is one, the gradient
   * times the weight, or the losses.
   */
  static void run(
      FloatMatrix x,
      FloatMatrix targets,
      float weight,
      float[] sums,
      FloatMatrix out,
      boolean gradient,
      Workers workers) {
    BinaryCrossEntropyCall call = POOL.take();
    if (call == null) {
      call = new BinaryCrossEntropyCall();
    }
    call.x = x;
    call.targets = targets;
    call.weight = weight;
    call.sums = sums;
    call.out = out;
    call.gradient = gradient;
    try {
      call.run(x.rows(), 1, NANOS_PER_ELEMENT * x.rows() * x.columns(), workers);
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
    int n = x.columns();
    RowSteps steps = RowSteps.take(null);
    steps.first.open(x);
    steps.second.open(targets);
    steps.third.open(out);
    float[] losses = Scratch.floats(n);
    for (int i = from; i < to; i++) {
      steps.first.read(i);
      steps.second.read(i);
      if (sums != null) {
        losses(n, steps, losses, 0);
        sums[i] = steps.sum(n, losses, 0);
      }
      if (out == null) {
        continue;
      }
      steps.third.write(i);
      if (gradient) {
        gradient(n, steps, steps.third.array, steps.third.offset);
      } else {
        losses(n, steps, steps.third.array, steps.third.offset);
      }
      steps.third.store(i);
    }
    Scratch.give(losses);
    steps.first.close();
    steps.second.close();
    steps.third.close();
    steps.give();
  }

  private static void losses(int n, RowSteps steps, float[] to, int at) {
    float[] a = steps.first.array;
    float[] t = steps.second.array;
    if (Chooser.vector()) {
      VectorSoftmax.binaryLosses(n, a, steps.first.offset, t, steps.second.offset, to, at);
    } else {
      ScalarSoftmax.binaryLosses(n, a, steps.first.offset, t, steps.second.offset, to, at);
    }
  }

  private void gradient(int n, RowSteps steps, float[] g, int go) {
    float[] a = steps.first.array;
    float[] t = steps.second.array;
    if (Chooser.vector()) {
      VectorSoftmax.binaryGradient(n, weight, a, steps.first.offset, t, steps.second.offset, g, go);
    } else {
      ScalarSoftmax.binaryGradient(n, weight, a, steps.first.offset, t, steps.second.offset, g, go);
    }
  }
}

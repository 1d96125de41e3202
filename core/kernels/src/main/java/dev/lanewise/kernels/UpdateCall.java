package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.Pool;
import dev.lanewise.kernels.internal.scalar.ScalarUpdate;
import dev.lanewise.kernels.internal.vector.VectorUpdate;

/** An update of parameters, on the caller's thread or several. */
final class UpdateCall extends Ranges {
  /** What moves the parameters. */
  enum Rule {
    GRADIENT_DESCENT,
    MOMENTUM,
    NESTEROV,
    RMS_PROP,
    ADAM
  }

  private static final double NANOS_PER_ELEMENT = 0.3;

  private static final Pool<UpdateCall> POOL = new Pool<>(CALLERS, UpdateCall::new);

  private Rule rule;
  private FloatSpan p;
  private FloatSpan g;
  private FloatSpan v;
  private FloatSpan s;
  private boolean contiguous;

  // Factors, as the leaves name them; those that a rule does not have keep another call's.
  float kept;
  float rate;
  float beta1;
  float rest1;
  float beta2;
  float rest2;
  float correction;
  float eps;

  private UpdateCall() {}

  /** A call whose factors are to be set, then {@link #run}. */
  static UpdateCall take(Rule rule) {
    UpdateCall call = POOL.take();
    call.rule = rule;
    return call;
  }

  /** Updates, and gives the call back; the operands have been checked, and those not used are g. */
  void run(FloatSpan p, FloatSpan g, FloatSpan v, FloatSpan s, Workers workers) {
    this.p = p;
    this.g = g;
    this.v = v;
    this.s = s;
    contiguous = p.stride() == 1 && g.stride() == 1 && v.stride() == 1 && s.stride() == 1;
    try {
      run(p.length(), ELEMENT_STEP, NANOS_PER_ELEMENT * p.length(), workers);
    } finally {
      this.p = null;
      this.g = null;
      this.v = null;
      this.s = null;
      POOL.give(this);
    }
  }

  @Override
  void range(int from, int to) {
    if (contiguous && Chooser.vector()) {
      vector(to - from, from);
    } else {
      scalar(to - from, from);
    }
  }

  private static int index(FloatSpan x, int i) {
    return x.offset() + i * x.stride();
  }

  private void vector(int n, int i) {
    float[] pa = p.array();
    float[] ga = g.array();
    float[] va = v.array();
    float[] sa = s.array();
    int po = index(p, i);
    int go = index(g, i);
    int vo = index(v, i);
    int so = index(s, i);
    switch (rule) {
      case GRADIENT_DESCENT -> VectorUpdate.gradientDescent(n, rate, pa, po, ga, go);
      case MOMENTUM -> VectorUpdate.momentum(n, rate, beta1, pa, po, ga, go, va, vo);
      case NESTEROV -> VectorUpdate.nesterov(n, rate, beta1, pa, po, ga, go, va, vo);
      case RMS_PROP -> VectorUpdate.rmsProp(n, rate, beta2, rest2, eps, pa, po, ga, go, sa, so);
      case ADAM ->
          VectorUpdate.adam(
              n,
              kept,
              rate,
              beta1,
              rest1,
              beta2,
              rest2,
              correction,
              eps,
              pa,
              po,
              ga,
              go,
              va,
              vo,
              sa,
              so);
    }
  }

  private void scalar(int n, int i) {
    float[] pa = p.array();
    float[] ga = g.array();
    float[] va = v.array();
    float[] sa = s.array();
    int po = index(p, i);
    int go = index(g, i);
    int vo = index(v, i);
    int so = index(s, i);
    int ps = p.stride();
    int gs = g.stride();
    int vs = v.stride();
    int ss = s.stride();
    switch (rule) {
      case GRADIENT_DESCENT -> ScalarUpdate.gradientDescent(n, rate, pa, po, ps, ga, go, gs);
      case MOMENTUM -> ScalarUpdate.momentum(n, rate, beta1, pa, po, ps, ga, go, gs, va, vo, vs);
      case NESTEROV -> ScalarUpdate.nesterov(n, rate, beta1, pa, po, ps, ga, go, gs, va, vo, vs);
      case RMS_PROP ->
          ScalarUpdate.rmsProp(n, rate, beta2, rest2, eps, pa, po, ps, ga, go, gs, sa, so, ss);
      case ADAM ->
          ScalarUpdate.adam(
              n,
              kept,
              rate,
              beta1,
              rest1,
              beta2,
              rest2,
              correction,
              eps,
              pa,
              po,
              ps,
              ga,
              go,
              gs,
              va,
              vo,
              vs,
              sa,
              so,
              ss);
    }
  }
}

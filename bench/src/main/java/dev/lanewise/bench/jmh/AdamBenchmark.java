package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Update;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.OptimizerOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * One step of Adam with bias correction over all parameters.
 *
 * <p>Gradient and step number stay the same, so the moments settle at g and g² and stay normal
 * numbers. What would fool it: a gradient of 0, whose moments fade into subnormal numbers, which
 * are slow on some processors; or corrections computed per element.
 *
 * <p>{@code autovec}: C2 vectorises {@code naive} too; what is saved are its two divisions by the
 * corrections.
 */
public class AdamBenchmark extends OperationBenchmark {
  private static final int STEP = 10;
  private static final float RATE = 1e-3f;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPS = 1e-8f;

  /** 1 × parameters. */
  @Param({"1x262144", "1x1048576"})
  public String shape;

  private float[] p;
  private float[] g;
  private float[] first;
  private float[] second;
  private FloatSpan pView;
  private FloatSpan gView;
  private FloatSpan firstView;
  private FloatSpan secondView;

  /**
   * Checks one step: the moments within gamma_4 of the sums of their terms' magnitudes, the
   * parameters within gamma_16·|step| + gamma_1·(|p| + |p after|).
   */
  @Override
  public void prepare(String method) {
    openWorkers(method);
    int length = Math.toIntExact(Shape.parse(shape, 2).size());
    p = normal(1, length, 0, 1);
    g = normal(2, length, 0, 1);
    first = normal(3, length, 0, 0.1);
    second = normal(4, length, 0, 0.1);
    for (int i = 0; i < length; i++) {
      second[i] *= second[i];
    }
    pView = FloatSpan.of(p);
    gView = FloatSpan.of(g);
    firstView = FloatSpan.of(first);
    secondView = FloatSpan.of(second);
    double[] before = Elements.widen(p);
    double[] firstBefore = Elements.widen(first);
    double[] secondBefore = Elements.widen(second);
    run(method);
    check(method, before, firstBefore, secondBefore);
  }

  private void check(String method, double[] before, double[] firstBefore, double[] secondBefore) {
    String context = "shape=" + shape;
    double[] gradient = Elements.widen(g);
    double[] magnitude = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      magnitude[i] = BETA1 * Math.abs(firstBefore[i]) + (1 - BETA1) * Math.abs(gradient[i]);
    }
    OptimizerOracle rule = OptimizerOracle.adam(RATE, BETA1, BETA2, EPS);
    double[][] moments =
        rule.nextStates(STEP, new double[][] {firstBefore, secondBefore}, before, gradient);
    new Accuracy(label(method) + " first moment")
        .check(first, moments[0], Bound.gamma(4, magnitude), context);
    new Accuracy(label(method) + " second moment")
        .check(second, moments[1], Bound.relative(Bound.gamma(4)), context);
    double[] after =
        rule.step(
            STEP, before, gradient, new double[][] {Elements.widen(first), Elements.widen(second)});
    double[] errors = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      errors[i] =
          Bound.gamma(16) * Math.abs(after[i] - before[i])
              + Bound.gamma(1) * (Math.abs(before[i]) + Math.abs(after[i]));
    }
    new Accuracy(label(method)).check(p, after, Bound.componentwise(errors), context);
  }

  /** The kernel. */
  @Benchmark
  public void lanewise() {
    Update.adam(pView, gView, firstView, secondView, STEP, RATE, BETA1, BETA2, EPS);
  }

  /** The kernel on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    Update.adam(pView, gView, firstView, secondView, STEP, RATE, BETA1, BETA2, EPS, workers);
  }

  /** The definition. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, SCALAR_CODE})
  public void scalar() {
    Update.adam(pView, gView, firstView, secondView, STEP, RATE, BETA1, BETA2, EPS);
  }

  /** The published algorithm in one loop, the factors 1 - beta and 1 - beta^t in front of it. */
  @Benchmark
  public void naive() {
    float correction1 = (float) (1 - Math.pow(BETA1, STEP));
    float correction2 = (float) (1 - Math.pow(BETA2, STEP));
    naive(
        (float) BETA1,
        (float) (1 - BETA1),
        (float) BETA2,
        (float) (1 - BETA2),
        correction1,
        correction2,
        p,
        g,
        first,
        second);
  }

  private static void naive(
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float correction1,
      float correction2,
      float[] p,
      float[] g,
      float[] first,
      float[] second) {
    for (int i = 0; i < p.length; i++) {
      first[i] = beta1 * first[i] + rest1 * g[i];
      second[i] = beta2 * second[i] + rest2 * g[i] * g[i];
      float firstCorrected = first[i] / correction1;
      float secondCorrected = second[i] / correction2;
      p[i] -= RATE * firstCorrected / ((float) Math.sqrt(secondCorrected) + EPS);
    }
  }

  /** One loop with one division. */
  @Benchmark
  public void autovec() {
    float rate = (float) (RATE / (1 - Math.pow(BETA1, STEP)));
    float factor = (float) (1 / (1 - Math.pow(BETA2, STEP)));
    autovec(
        (float) BETA1,
        (float) (1 - BETA1),
        (float) BETA2,
        (float) (1 - BETA2),
        rate,
        factor,
        p,
        g,
        first,
        second);
  }

  private static void autovec(
      float beta1,
      float rest1,
      float beta2,
      float rest2,
      float rate,
      float factor,
      float[] p,
      float[] g,
      float[] first,
      float[] second) {
    for (int i = 0; i < p.length; i++) {
      first[i] = beta1 * first[i] + rest1 * g[i];
      second[i] = beta2 * second[i] + rest2 * g[i] * g[i];
      p[i] -= rate * first[i] / ((float) Math.sqrt(second[i] * factor) + EPS);
    }
  }
}

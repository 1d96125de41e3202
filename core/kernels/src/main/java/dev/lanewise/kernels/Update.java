package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;

/**
 * Updates of parameters p from their gradient g, element by element, with the states that a rule
 * keeps from step to step; those begin at 0.
 *
 * <p>All operands of an update have the same length, and none that is written overlaps another or
 * itself. Special values follow IEEE 754. The form with workers has the same bits. A rate, an eps,
 * Adam's rate / (1 - beta1^t) or AdamW's rate·decay that is not 0 but becomes 0 as a float, or
 * infinite, is refused.
 *
 * <p><b>Rounding.</b> Factors such as 1 - beta are taken in double and rounded once to float. In
 * the error bounds u = 2^-24, and step is by how much p moves.
 */
public final class Update {
  private static final String GRADIENT_DESCENT = "Update.gradientDescent";
  private static final String MOMENTUM = "Update.momentum";
  private static final String NESTEROV = "Update.nesterov";
  private static final String RMS_PROP = "Update.rmsProp";
  private static final String ADAM = "Update.adam";
  private static final String ADAM_W = "Update.adamW";

  private Update() {}

  /**
   * p ← p - rate·g, fused and rounded once per element.
   *
   * <p><b>Error.</b> Half an ulp of the new p.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param rate the learning rate, finite and at least 0
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, the parameters overlap the gradient or
   *     themselves, or the rate is no rate; nothing is written then
   */
  public static void gradientDescent(FloatSpan parameters, FloatSpan gradient, double rate) {
    descend(parameters, gradient, rate, null);
  }

  /**
   * As {@link #gradientDescent(FloatSpan, FloatSpan, double)} on several threads.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param rate the learning rate, finite and at least 0
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, the parameters overlap the gradient or
   *     themselves, or the rate is no rate; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void gradientDescent(
      FloatSpan parameters, FloatSpan gradient, double rate, Workers workers) {
    Operands.open(GRADIENT_DESCENT, workers);
    descend(parameters, gradient, rate, workers);
  }

  private static void descend(
      FloatSpan parameters, FloatSpan gradient, double rate, Workers workers) {
    check(GRADIENT_DESCENT, parameters, gradient);
    checkRate(GRADIENT_DESCENT, rate);
    UpdateCall call = UpdateCall.take(UpdateCall.Rule.GRADIENT_DESCENT);
    call.rate = (float) rate;
    call.run(parameters, gradient, gradient, gradient, workers);
  }

  /**
   * Momentum: v ← beta·v + g, p ← p - rate·v. So v is a sum of gradients, not their average, which
   * would be 1 - beta times as long.
   *
   * <p><b>Error.</b> v within u·(|beta·v| + |v'|), v' the new one; p within u·|p| + u·|step| for v'
   * as it comes out, each and 2^-148.
   *
   * <p><b>Source.</b> B. T. Polyak, Some methods of speeding up the convergence of iteration
   * methods, 1964.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param velocity the sum v, updated
   * @param rate the learning rate, finite and at least 0
   * @param beta the weight of the old v, in [0, 1) as a float
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   */
  public static void momentum(
      FloatSpan parameters, FloatSpan gradient, FloatSpan velocity, double rate, double beta) {
    accelerate(
        MOMENTUM, UpdateCall.Rule.MOMENTUM, parameters, gradient, velocity, rate, beta, null);
  }

  /**
   * As {@link #momentum(FloatSpan, FloatSpan, FloatSpan, double, double)} on several threads.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param velocity the sum v, updated
   * @param rate the learning rate, finite and at least 0
   * @param beta the weight of the old v, in [0, 1) as a float
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void momentum(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan velocity,
      double rate,
      double beta,
      Workers workers) {
    Operands.open(MOMENTUM, workers);
    accelerate(
        MOMENTUM, UpdateCall.Rule.MOMENTUM, parameters, gradient, velocity, rate, beta, workers);
  }

  /**
   * Nesterov's momentum: v ← beta·v + g, p ← p - rate·(g + beta·v) with the new v; p is the point
   * that is looked ahead to.
   *
   * <p><b>Error.</b> v within u·(|beta·v| + |v'|), v' the new one; p within u·|p| + u·rate·(2·|g +
   * beta·v'| + |beta·v'|) for v' as it comes out, each and 2^-148.
   *
   * <p><b>Source.</b> I. Sutskever, J. Martens, G. Dahl and G. Hinton, On the importance of
   * initialization and momentum in deep learning, 2013.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param velocity the sum v, updated
   * @param rate the learning rate, finite and at least 0
   * @param beta the weight of the old v, in [0, 1) as a float
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   */
  public static void nesterov(
      FloatSpan parameters, FloatSpan gradient, FloatSpan velocity, double rate, double beta) {
    accelerate(
        NESTEROV, UpdateCall.Rule.NESTEROV, parameters, gradient, velocity, rate, beta, null);
  }

  /**
   * As {@link #nesterov(FloatSpan, FloatSpan, FloatSpan, double, double)} on several threads.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param velocity the sum v, updated
   * @param rate the learning rate, finite and at least 0
   * @param beta the weight of the old v, in [0, 1) as a float
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void nesterov(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan velocity,
      double rate,
      double beta,
      Workers workers) {
    Operands.open(NESTEROV, workers);
    accelerate(
        NESTEROV, UpdateCall.Rule.NESTEROV, parameters, gradient, velocity, rate, beta, workers);
  }

  private static void accelerate(
      String op,
      UpdateCall.Rule rule,
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan velocity,
      double rate,
      double beta,
      Workers workers) {
    check(op, parameters, gradient);
    checkState(op, parameters, gradient, "velocity", velocity);
    checkRate(op, rate);
    Checks.belowOne(op, "beta", beta);
    UpdateCall call = UpdateCall.take(rule);
    call.rate = (float) rate;
    call.beta1 = (float) beta;
    call.run(parameters, gradient, velocity, gradient, workers);
  }

  /**
   * RMSprop, eps outside the root and no bias correction: s ← rho·s + (1 - rho)·g², p ← p - rate·g
   * / (sqrt(s) + eps).
   *
   * <p>With eps = 0 a gradient that has always been 0 gives 0/0, NaN.
   *
   * <p><b>Error.</b> s within u·(2·rho·s + 4·(1 - rho)·g²) + 2^-148; p within u·|p| + 5·u·|step|
   * for s as it comes out, where neither rate·g nor s underflows.
   *
   * <p><b>Source.</b> T. Tieleman and G. Hinton, Lecture 6.5, RMSprop, 2012.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param squares the running mean s of the gradient's square, updated
   * @param rate the learning rate, finite and at least 0
   * @param rho the weight of the old s, in [0, 1) as a float
   * @param eps what keeps the divisor from 0, rounded to float, finite and at least 0
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   */
  public static void rmsProp(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan squares,
      double rate,
      double rho,
      double eps) {
    divideByRoot(parameters, gradient, squares, rate, rho, eps, null);
  }

  /**
   * As {@link #rmsProp(FloatSpan, FloatSpan, FloatSpan, double, double, double)} on several
   * threads.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param squares the running mean s of the gradient's square, updated
   * @param rate the learning rate, finite and at least 0
   * @param rho the weight of the old s, in [0, 1) as a float
   * @param eps what keeps the divisor from 0, rounded to float, finite and at least 0
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void rmsProp(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan squares,
      double rate,
      double rho,
      double eps,
      Workers workers) {
    Operands.open(RMS_PROP, workers);
    divideByRoot(parameters, gradient, squares, rate, rho, eps, workers);
  }

  private static void divideByRoot(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan squares,
      double rate,
      double rho,
      double eps,
      Workers workers) {
    check(RMS_PROP, parameters, gradient);
    checkState(RMS_PROP, parameters, gradient, "squares", squares);
    checkRate(RMS_PROP, rate);
    Checks.belowOne(RMS_PROP, "rho", rho);
    checkEps(RMS_PROP, eps);
    UpdateCall call = UpdateCall.take(UpdateCall.Rule.RMS_PROP);
    call.rate = (float) rate;
    call.beta2 = (float) rho;
    call.rest2 = (float) (1 - rho);
    call.eps = (float) eps;
    call.run(parameters, gradient, gradient, squares, workers);
  }

  /**
   * One step of Adam with bias correction, eps outside the root.
   *
   * <p>v ← beta1·v + (1 - beta1)·g, s ← beta2·s + (1 - beta2)·g², p ← p - rate·(v / (1 - beta1^t))
   * / (sqrt(s / (1 - beta2^t)) + eps).
   *
   * <p>With eps = 0 a gradient that has always been 0 gives 0/0, NaN.
   *
   * <p><b>Error.</b> v within u·(2·|beta1·v| + 3·|(1 - beta1)·g|), s within u·(2·beta2·s + 4·(1 -
   * beta2)·g²), both + 2^-148; p within u·|p| + 6·u·|step| for v and s as they come out, where
   * neither rate·v nor s underflows.
   *
   * <p><b>Source.</b> D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, 2015.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param firstMoment the running mean v of the gradient, updated
   * @param secondMoment the running mean s of its square, updated
   * @param step the number t of this step, from 1 on
   * @param rate the learning rate, finite and at least 0
   * @param beta1 the weight of the old first moment, in [0, 1) as a float
   * @param beta2 the weight of the old second moment, in [0, 1) as a float
   * @param eps what keeps the divisor from 0, rounded to float, finite and at least 0
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   */
  public static void adam(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan firstMoment,
      FloatSpan secondMoment,
      long step,
      double rate,
      double beta1,
      double beta2,
      double eps) {
    adapt(
        ADAM,
        parameters,
        gradient,
        firstMoment,
        secondMoment,
        step,
        rate,
        beta1,
        beta2,
        eps,
        0,
        null);
  }

  /**
   * As {@link #adam(FloatSpan, FloatSpan, FloatSpan, FloatSpan, long, double, double, double,
   * double)} on several threads.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param firstMoment the running mean v of the gradient, updated
   * @param secondMoment the running mean s of its square, updated
   * @param step the number t of this step, from 1 on
   * @param rate the learning rate, finite and at least 0
   * @param beta1 the weight of the old first moment, in [0, 1) as a float
   * @param beta2 the weight of the old second moment, in [0, 1) as a float
   * @param eps what keeps the divisor from 0, rounded to float, finite and at least 0
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void adam(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan firstMoment,
      FloatSpan secondMoment,
      long step,
      double rate,
      double beta1,
      double beta2,
      double eps,
      Workers workers) {
    Operands.open(ADAM, workers);
    adapt(
        ADAM,
        parameters,
        gradient,
        firstMoment,
        secondMoment,
        step,
        rate,
        beta1,
        beta2,
        eps,
        0,
        workers);
  }

  /**
   * AdamW, Adam with decoupled weight decay: v and s as {@link #adam(FloatSpan, FloatSpan,
   * FloatSpan, FloatSpan, long, double, double, double, double) Adam}'s, p ← (1 - rate·decay)·p -
   * rate·(v / (1 - beta1^t)) / (sqrt(s / (1 - beta2^t)) + eps). The decay takes no part in the
   * moments.
   *
   * <p><b>Error.</b> v and s as Adam's; p within u·(|p| + |kept·p|) + 6·u·|step| with kept = 1 -
   * rate·decay, and step without the decay.
   *
   * <p><b>Source.</b> I. Loshchilov and F. Hutter, Decoupled weight decay regularization, 2019.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param firstMoment the running mean v of the gradient, updated
   * @param secondMoment the running mean s of its square, updated
   * @param step the number t of this step, from 1 on
   * @param rate the learning rate, finite and at least 0
   * @param beta1 the weight of the old first moment, in [0, 1) as a float
   * @param beta2 the weight of the old second moment, in [0, 1) as a float
   * @param eps what keeps the divisor from 0, rounded to float, finite and at least 0
   * @param decay the weight decay, finite and at least 0
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   */
  public static void adamW(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan firstMoment,
      FloatSpan secondMoment,
      long step,
      double rate,
      double beta1,
      double beta2,
      double eps,
      double decay) {
    adapt(
        ADAM_W,
        parameters,
        gradient,
        firstMoment,
        secondMoment,
        step,
        rate,
        beta1,
        beta2,
        eps,
        decay,
        null);
  }

  /**
   * As {@link #adamW(FloatSpan, FloatSpan, FloatSpan, FloatSpan, long, double, double, double,
   * double, double)} on several threads.
   *
   * @param parameters the parameters p, updated
   * @param gradient the gradient g
   * @param firstMoment the running mean v of the gradient, updated
   * @param secondMoment the running mean s of its square, updated
   * @param step the number t of this step, from 1 on
   * @param rate the learning rate, finite and at least 0
   * @param beta1 the weight of the old first moment, in [0, 1) as a float
   * @param beta2 the weight of the old second moment, in [0, 1) as a float
   * @param eps what keeps the divisor from 0, rounded to float, finite and at least 0
   * @param decay the weight decay, finite and at least 0
   * @param workers the threads
   * @throws NullPointerException if an operand is null
   * @throws IllegalArgumentException if the lengths differ, spans overlap or a number lies outside
   *     its range; nothing is written then
   * @throws IllegalStateException if the workers are closed; nothing is written then
   */
  public static void adamW(
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan firstMoment,
      FloatSpan secondMoment,
      long step,
      double rate,
      double beta1,
      double beta2,
      double eps,
      double decay,
      Workers workers) {
    Operands.open(ADAM_W, workers);
    adapt(
        ADAM_W,
        parameters,
        gradient,
        firstMoment,
        secondMoment,
        step,
        rate,
        beta1,
        beta2,
        eps,
        decay,
        workers);
  }

  private static void adapt(
      String op,
      FloatSpan parameters,
      FloatSpan gradient,
      FloatSpan first,
      FloatSpan second,
      long step,
      double rate,
      double beta1,
      double beta2,
      double eps,
      double decay,
      Workers workers) {
    check(op, parameters, gradient);
    checkState(op, parameters, gradient, "first moment", first);
    checkState(op, parameters, gradient, "second moment", second);
    Operands.disjoint(op, "first moment", first, "second moment", second);
    if (step < 1) {
      throw new IllegalArgumentException(op + ": step is " + step + "; steps count from 1");
    }
    Checks.finiteNotNegative(op, "rate", rate);
    Checks.belowOne(op, "beta1", beta1);
    Checks.belowOne(op, "beta2", beta2);
    checkEps(op, eps);
    Checks.finiteNotNegative(op, "decay", decay);
    Checks.withinFloat(op, "rate·decay", rate * decay);
    double biased = rate / (1 - StrictMath.pow(beta1, step));
    Checks.withinFloat(op, "bias-corrected rate", biased);
    UpdateCall call = UpdateCall.take(UpdateCall.Rule.ADAM);
    call.kept = (float) (1 - rate * decay);
    call.rate = (float) biased;
    call.beta1 = (float) beta1;
    call.rest1 = (float) (1 - beta1);
    call.beta2 = (float) beta2;
    call.rest2 = (float) (1 - beta2);
    call.correction = (float) (1 / (1 - StrictMath.pow(beta2, step)));
    call.eps = (float) eps;
    call.run(parameters, gradient, first, second, workers);
  }

  private static void check(String op, FloatSpan parameters, FloatSpan gradient) {
    Operands.sameLength(op, "parameters", parameters, "gradient", gradient);
    Operands.output(op, "parameters", parameters);
    Operands.disjoint(op, "parameters", parameters, "gradient", gradient);
  }

  private static void checkState(
      String op, FloatSpan parameters, FloatSpan gradient, String name, FloatSpan state) {
    Operands.sameLength(op, "parameters", parameters, name, state);
    Operands.output(op, name, state);
    Operands.disjoint(op, "parameters", parameters, name, state);
    Operands.disjoint(op, name, state, "gradient", gradient);
  }

  private static void checkRate(String op, double rate) {
    Checks.finiteNotNegative(op, "rate", rate);
    Checks.withinFloat(op, "rate", rate);
  }

  private static void checkEps(String op, double eps) {
    Checks.finiteNotNegative(op, "eps", eps);
    Checks.withinFloat(op, "eps", eps);
  }
}

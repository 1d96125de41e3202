package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Chooser;
import dev.lanewise.kernels.internal.scalar.ScalarUpdate;
import dev.lanewise.kernels.internal.vector.VectorUpdate;

/** Updates of parameters from their gradients. */
public final class Update {
  private static final String GRADIENT_DESCENT = "Update.gradientDescent";
  private static final String ADAM = "Update.adam";

  private Update() {}

  /**
   * p ← p - rate·g, fused and rounded once per element.
   *
   * <p>Both have the same length and do not overlap. Special values follow IEEE 754.
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
  public static void gradientDescent(FloatSpan parameters, FloatSpan gradient, float rate) {
    Operands.sameLength(GRADIENT_DESCENT, "parameters", parameters, "gradient", gradient);
    Operands.output(GRADIENT_DESCENT, "parameters", parameters);
    Operands.disjoint(GRADIENT_DESCENT, "parameters", parameters, "gradient", gradient);
    Checks.finiteNotNegative(GRADIENT_DESCENT, "rate", rate);
    if (Chooser.vector() && parameters.stride() == 1 && gradient.stride() == 1) {
      VectorUpdate.gradientDescent(
          parameters.length(),
          rate,
          parameters.array(),
          parameters.offset(),
          gradient.array(),
          gradient.offset());
    } else {
      ScalarUpdate.gradientDescent(
          parameters.length(),
          rate,
          parameters.array(),
          parameters.offset(),
          parameters.stride(),
          gradient.array(),
          gradient.offset(),
          gradient.stride());
    }
  }

  /**
   * One step of Adam with bias correction, eps outside the root.
   *
   * <p>v ← beta1·v + (1 - beta1)·g, s ← beta2·s + (1 - beta2)·g², p ← p - rate·(v / (1 - beta1^t))
   * / (sqrt(s / (1 - beta2^t)) + eps). The corrections and the factors 1 - beta are taken in double
   * and rounded once.
   *
   * <p>All four have the same length; none overlaps another. Special values follow IEEE 754: with
   * eps = 0 a gradient that has always been 0 gives 0/0, NaN.
   *
   * <p><b>Error.</b> v within u·(2·|beta1·v| + 3·|(1 - beta1)·g|), s within u·(2·beta2·s + 4·(1 -
   * beta2)·g²), both + 2^-148; p within u·|p| + 6·u·|step| for v and s as they come out, where
   * neither rate·v nor s underflows; u = 2^-24.
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
    checkSpans(parameters, gradient, firstMoment, secondMoment);
    if (step < 1) {
      throw new IllegalArgumentException(ADAM + ": step is " + step + "; steps count from 1");
    }
    Checks.finiteNotNegative(ADAM, "rate", rate);
    Checks.decay(ADAM, "beta1", beta1);
    Checks.decay(ADAM, "beta2", beta2);
    Checks.finiteNotNegative(ADAM, "eps", eps);
    Checks.withinFloat(ADAM, "eps", eps);
    double biased = rate / (1 - StrictMath.pow(beta1, step));
    Checks.withinFloat(ADAM, "bias-corrected rate", biased);
    float corrected = (float) biased;
    float correction = (float) (1 / (1 - StrictMath.pow(beta2, step)));
    float rest1 = (float) (1 - beta1);
    float rest2 = (float) (1 - beta2);
    if (Chooser.vector()
        && parameters.stride() == 1
        && gradient.stride() == 1
        && firstMoment.stride() == 1
        && secondMoment.stride() == 1) {
      VectorUpdate.adam(
          parameters.length(),
          corrected,
          (float) beta1,
          rest1,
          (float) beta2,
          rest2,
          correction,
          (float) eps,
          parameters.array(),
          parameters.offset(),
          gradient.array(),
          gradient.offset(),
          firstMoment.array(),
          firstMoment.offset(),
          secondMoment.array(),
          secondMoment.offset());
    } else {
      ScalarUpdate.adam(
          parameters.length(),
          corrected,
          (float) beta1,
          rest1,
          (float) beta2,
          rest2,
          correction,
          (float) eps,
          parameters.array(),
          parameters.offset(),
          parameters.stride(),
          gradient.array(),
          gradient.offset(),
          gradient.stride(),
          firstMoment.array(),
          firstMoment.offset(),
          firstMoment.stride(),
          secondMoment.array(),
          secondMoment.offset(),
          secondMoment.stride());
    }
  }

  private static void checkSpans(
      FloatSpan parameters, FloatSpan gradient, FloatSpan first, FloatSpan second) {
    Operands.sameLength(ADAM, "parameters", parameters, "gradient", gradient);
    Operands.sameLength(ADAM, "parameters", parameters, "first moment", first);
    Operands.sameLength(ADAM, "parameters", parameters, "second moment", second);
    Operands.output(ADAM, "parameters", parameters);
    Operands.output(ADAM, "first moment", first);
    Operands.output(ADAM, "second moment", second);
    Operands.disjoint(ADAM, "parameters", parameters, "gradient", gradient);
    Operands.disjoint(ADAM, "parameters", parameters, "first moment", first);
    Operands.disjoint(ADAM, "parameters", parameters, "second moment", second);
    Operands.disjoint(ADAM, "first moment", first, "gradient", gradient);
    Operands.disjoint(ADAM, "second moment", second, "gradient", gradient);
    Operands.disjoint(ADAM, "first moment", first, "second moment", second);
  }
}

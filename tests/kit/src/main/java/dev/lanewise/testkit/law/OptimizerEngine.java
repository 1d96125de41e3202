package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.oracle.OptimizerOracle;

/** The adapter of an implementation of an optimizer's step in {@code float}. */
public interface OptimizerEngine extends Engine {
  /**
   * Which rule it follows. Figures that the implementation holds as {@code float} are given as
   * those: 0.999f is not 0.999, and 1 - 0.999f is off by 10^-5 of 0.001.
   *
   * @return the rule's oracle
   */
  OptimizerOracle rule();

  /**
   * One step. All operands have one row, and the same length.
   *
   * <p>What depends on t alone, such as Adam's corrections 1 - beta^t, is to be computed in {@code
   * double} and rounded to {@code float} at the end: in {@code float} 1 - beta^t cancels while t is
   * small, and the laws do not admit what that loses.
   *
   * @param t the number of this step, from 1
   * @param parameters the parameters, updated
   * @param gradient the gradient, not to be changed
   * @param states the states that the rule has, in its order, updated; full of zeros before the
   *     first step
   */
  void step(long t, Operand parameters, Operand gradient, Operand[] states);
}

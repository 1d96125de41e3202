package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.law.OptimizerEngine;
import dev.lanewise.testkit.law.OptimizerLaws;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * {@link OptimizerLaws} as properties; a test implements {@code rule} and {@code step} of its
 * {@link OptimizerEngine}.
 */
public interface OptimizerContract extends OptimizerEngine, Contract<OptimizerEngine> {
  @Override
  default List<Law<OptimizerEngine, MatrixCase>> laws() {
    return OptimizerLaws.ALL;
  }

  @Override
  default OptimizerEngine engine() {
    return this;
  }

  /**
   * {@link OptimizerLaws#STATES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void states(@ForAll MatrixCase given) {
    hold(OptimizerLaws.STATES, given);
  }

  /**
   * {@link OptimizerLaws#PARAMETERS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void parameters(@ForAll MatrixCase given) {
    hold(OptimizerLaws.PARAMETERS, given);
  }

  /**
   * {@link OptimizerLaws#GRADIENTS_OF_ANY_SIZE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void gradientsOfAnySize(@ForAll MatrixCase given) {
    hold(OptimizerLaws.GRADIENTS_OF_ANY_SIZE, given);
  }

  /**
   * {@link OptimizerLaws#SMALL_GRADIENTS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void smallGradients(@ForAll MatrixCase given) {
    hold(OptimizerLaws.SMALL_GRADIENTS, given);
  }

  /**
   * {@link OptimizerLaws#LATE_STEPS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void lateSteps(@ForAll MatrixCase given) {
    hold(OptimizerLaws.LATE_STEPS, given);
  }

  /**
   * {@link OptimizerLaws#ZERO_GRADIENT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void zeroGradient(@ForAll MatrixCase given) {
    hold(OptimizerLaws.ZERO_GRADIENT, given);
  }

  /**
   * {@link OptimizerLaws#NON_FINITE_NUMBERS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteNumbers(@ForAll MatrixCase given) {
    hold(OptimizerLaws.NON_FINITE_NUMBERS, given);
  }
}

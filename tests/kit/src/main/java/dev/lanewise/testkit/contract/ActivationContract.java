package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.ActivationEngine;
import dev.lanewise.testkit.law.ActivationLaws;
import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.MatrixCase;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * {@link ActivationLaws} as properties; a test implements {@code function} and {@code forward} of
 * its {@link ActivationEngine}.
 */
public interface ActivationContract extends ActivationEngine, Contract<ActivationEngine> {
  @Override
  default List<Law<ActivationEngine, MatrixCase>> laws() {
    return ActivationLaws.ALL;
  }

  @Override
  default ActivationEngine engine() {
    return this;
  }

  /**
   * {@link ActivationLaws#FORWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void forward(@ForAll MatrixCase given) {
    hold(ActivationLaws.FORWARD, given);
  }

  /**
   * {@link ActivationLaws#NON_FINITE_NUMBERS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteNumbers(@ForAll MatrixCase given) {
    hold(ActivationLaws.NON_FINITE_NUMBERS, given);
  }

  /**
   * {@link ActivationLaws#IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void inPlace(@ForAll MatrixCase given) {
    hold(ActivationLaws.IN_PLACE, given);
  }

  /**
   * {@link ActivationLaws#BACKWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backward(@ForAll MatrixCase given) {
    hold(ActivationLaws.BACKWARD, given);
  }

  /**
   * {@link ActivationLaws#BACKWARD_BY_DIFFERENCES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardByDifferences(@ForAll MatrixCase given) {
    hold(ActivationLaws.BACKWARD_BY_DIFFERENCES, given);
  }

  /**
   * {@link ActivationLaws#BACKWARD_IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardInPlace(@ForAll MatrixCase given) {
    hold(ActivationLaws.BACKWARD_IN_PLACE, given);
  }

  /**
   * {@link ActivationLaws#NON_FINITE_GRADIENTS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteGradients(@ForAll MatrixCase given) {
    hold(ActivationLaws.NON_FINITE_GRADIENTS, given);
  }
}

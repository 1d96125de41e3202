package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.law.SoftmaxEngine;
import dev.lanewise.testkit.law.SoftmaxLaws;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * {@link SoftmaxLaws} as properties; a test implements {@code softmax} of its {@link
 * SoftmaxEngine}.
 */
public interface SoftmaxContract extends SoftmaxEngine, Contract<SoftmaxEngine> {
  @Override
  default List<Law<SoftmaxEngine, MatrixCase>> laws() {
    return SoftmaxLaws.ALL;
  }

  @Override
  default SoftmaxEngine engine() {
    return this;
  }

  /**
   * {@link SoftmaxLaws#FORWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void forward(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.FORWARD, given);
  }

  /**
   * {@link SoftmaxLaws#ROWS_SUM_TO_ONE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void rowsSumToOne(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.ROWS_SUM_TO_ONE, given);
  }

  /**
   * {@link SoftmaxLaws#EQUAL_LOGITS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void equalLogits(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.EQUAL_LOGITS, given);
  }

  /**
   * {@link SoftmaxLaws#SHIFT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void shift(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.SHIFT, given);
  }

  /**
   * {@link SoftmaxLaws#LARGE_LOGITS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void largeLogits(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.LARGE_LOGITS, given);
  }

  /**
   * {@link SoftmaxLaws#MASKS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void masks(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.MASKS, given);
  }

  /**
   * {@link SoftmaxLaws#NON_FINITE_NUMBERS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteNumbers(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.NON_FINITE_NUMBERS, given);
  }

  /**
   * {@link SoftmaxLaws#IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void inPlace(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.IN_PLACE, given);
  }

  /**
   * {@link SoftmaxLaws#LOGARITHM}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void logarithm(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.LOGARITHM, given);
  }

  /**
   * {@link SoftmaxLaws#LOGARITHM_OF_MASKS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void logarithmOfMasks(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.LOGARITHM_OF_MASKS, given);
  }

  /**
   * {@link SoftmaxLaws#BACKWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backward(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.BACKWARD, given);
  }

  /**
   * {@link SoftmaxLaws#BACKWARD_BY_DIFFERENCES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardByDifferences(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.BACKWARD_BY_DIFFERENCES, given);
  }

  /**
   * {@link SoftmaxLaws#BACKWARD_IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardInPlace(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.BACKWARD_IN_PLACE, given);
  }

  /**
   * {@link SoftmaxLaws#NON_FINITE_GRADIENTS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteGradients(@ForAll MatrixCase given) {
    hold(SoftmaxLaws.NON_FINITE_GRADIENTS, given);
  }
}

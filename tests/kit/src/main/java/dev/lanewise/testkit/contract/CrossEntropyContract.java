package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.CrossEntropyEngine;
import dev.lanewise.testkit.law.CrossEntropyLaws;
import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.MatrixCase;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * {@link CrossEntropyLaws} as properties; a test implements {@code loss} of its {@link
 * CrossEntropyEngine}.
 */
public interface CrossEntropyContract extends CrossEntropyEngine, Contract<CrossEntropyEngine> {
  @Override
  default List<Law<CrossEntropyEngine, MatrixCase>> laws() {
    return CrossEntropyLaws.ALL;
  }

  @Override
  default CrossEntropyEngine engine() {
    return this;
  }

  /**
   * {@link CrossEntropyLaws#LOSS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void loss(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.LOSS, given);
  }

  /**
   * {@link CrossEntropyLaws#EQUAL_LOGITS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void equalLogits(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.EQUAL_LOGITS, given);
  }

  /**
   * {@link CrossEntropyLaws#LARGE_LOGITS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void largeLogits(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.LARGE_LOGITS, given);
  }

  /**
   * {@link CrossEntropyLaws#GRADIENT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void gradient(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.GRADIENT, given);
  }

  /**
   * {@link CrossEntropyLaws#GRADIENT_BY_DIFFERENCES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void gradientByDifferences(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.GRADIENT_BY_DIFFERENCES, given);
  }

  /**
   * {@link CrossEntropyLaws#GRADIENT_ROWS_SUM_TO_ZERO}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void gradientRowsSumToZero(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.GRADIENT_ROWS_SUM_TO_ZERO, given);
  }

  /**
   * {@link CrossEntropyLaws#IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void inPlace(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.IN_PLACE, given);
  }

  /**
   * {@link CrossEntropyLaws#DISTRIBUTIONS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void distributions(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.DISTRIBUTIONS, given);
  }

  /**
   * {@link CrossEntropyLaws#DISTRIBUTIONS_BY_DIFFERENCES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void distributionsByDifferences(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.DISTRIBUTIONS_BY_DIFFERENCES, given);
  }

  /**
   * {@link CrossEntropyLaws#MASKS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void masks(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.MASKS, given);
  }

  /**
   * {@link CrossEntropyLaws#MASKED_GRADIENT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void maskedGradient(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.MASKED_GRADIENT, given);
  }

  /**
   * {@link CrossEntropyLaws#MASKED_DISTRIBUTIONS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void maskedDistributions(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.MASKED_DISTRIBUTIONS, given);
  }

  /**
   * {@link CrossEntropyLaws#NON_FINITE_NUMBERS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteNumbers(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.NON_FINITE_NUMBERS, given);
  }

  /**
   * {@link CrossEntropyLaws#NON_FINITE_GRADIENTS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteGradients(@ForAll MatrixCase given) {
    hold(CrossEntropyLaws.NON_FINITE_GRADIENTS, given);
  }
}

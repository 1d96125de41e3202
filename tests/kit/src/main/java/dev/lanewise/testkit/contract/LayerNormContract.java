package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.LayerNormEngine;
import dev.lanewise.testkit.law.LayerNormLaws;
import dev.lanewise.testkit.law.MatrixCase;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * {@link LayerNormLaws} as properties; a test implements {@code forward} of its {@link
 * LayerNormEngine}.
 */
public interface LayerNormContract extends LayerNormEngine, Contract<LayerNormEngine> {
  @Override
  default List<Law<LayerNormEngine, MatrixCase>> laws() {
    return LayerNormLaws.ALL;
  }

  @Override
  default LayerNormEngine engine() {
    return this;
  }

  /**
   * {@link LayerNormLaws#FORWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void forward(@ForAll MatrixCase given) {
    hold(LayerNormLaws.FORWARD, given);
  }

  /**
   * {@link LayerNormLaws#LAYER_NORM_IDENTITY}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void layerNormIdentity(@ForAll MatrixCase given) {
    hold(LayerNormLaws.LAYER_NORM_IDENTITY, given);
  }

  /**
   * {@link LayerNormLaws#SHIFT_INVARIANCE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void shiftInvariance(@ForAll MatrixCase given) {
    hold(LayerNormLaws.SHIFT_INVARIANCE, given);
  }

  /**
   * {@link LayerNormLaws#CONSTANT_ROW}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void constantRow(@ForAll MatrixCase given) {
    hold(LayerNormLaws.CONSTANT_ROW, given);
  }

  /**
   * {@link LayerNormLaws#ONE_FEATURE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void oneFeature(@ForAll MatrixCase given) {
    hold(LayerNormLaws.ONE_FEATURE, given);
  }

  /**
   * {@link LayerNormLaws#ROWS_ARE_INDEPENDENT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void rowsAreIndependent(@ForAll MatrixCase given) {
    hold(LayerNormLaws.ROWS_ARE_INDEPENDENT, given);
  }

  /**
   * {@link LayerNormLaws#BACKWARD_BY_DIFFERENCES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardByDifferences(@ForAll MatrixCase given) {
    hold(LayerNormLaws.BACKWARD_BY_DIFFERENCES, given);
  }

  /**
   * {@link LayerNormLaws#BACKWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backward(@ForAll MatrixCase given) {
    hold(LayerNormLaws.BACKWARD, given);
  }

  /**
   * {@link LayerNormLaws#GRADIENTS_SUM_TO_ZERO}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void gradientsSumToZero(@ForAll MatrixCase given) {
    hold(LayerNormLaws.GRADIENTS_SUM_TO_ZERO, given);
  }

  /**
   * {@link LayerNormLaws#NON_FINITE_ROWS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteRows(@ForAll MatrixCase given) {
    hold(LayerNormLaws.NON_FINITE_ROWS, given);
  }

  /**
   * {@link LayerNormLaws#NON_FINITE_GRADIENTS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteGradients(@ForAll MatrixCase given) {
    hold(LayerNormLaws.NON_FINITE_GRADIENTS, given);
  }

  /**
   * {@link LayerNormLaws#IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void inPlace(@ForAll MatrixCase given) {
    hold(LayerNormLaws.IN_PLACE, given);
  }

  /**
   * {@link LayerNormLaws#BACKWARD_IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardInPlace(@ForAll MatrixCase given) {
    hold(LayerNormLaws.BACKWARD_IN_PLACE, given);
  }
}

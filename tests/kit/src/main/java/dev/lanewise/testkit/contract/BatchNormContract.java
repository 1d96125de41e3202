package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.BatchNormEngine;
import dev.lanewise.testkit.law.BatchNormLaws;
import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.MatrixCase;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * {@link BatchNormLaws} as properties; a test implements {@code forward} of its {@link
 * BatchNormEngine}.
 */
public interface BatchNormContract extends BatchNormEngine, Contract<BatchNormEngine> {
  @Override
  default List<Law<BatchNormEngine, MatrixCase>> laws() {
    return BatchNormLaws.ALL;
  }

  @Override
  default BatchNormEngine engine() {
    return this;
  }

  /**
   * {@link BatchNormLaws#BATCH_NORM_IDENTITY}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void batchNormIdentity(@ForAll MatrixCase given) {
    hold(BatchNormLaws.BATCH_NORM_IDENTITY, given);
  }

  /**
   * {@link BatchNormLaws#FORWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void forward(@ForAll MatrixCase given) {
    hold(BatchNormLaws.FORWARD, given);
  }

  /**
   * {@link BatchNormLaws#STATISTICS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void statistics(@ForAll MatrixCase given) {
    hold(BatchNormLaws.STATISTICS, given);
  }

  /**
   * {@link BatchNormLaws#SHIFT_INVARIANCE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void shiftInvariance(@ForAll MatrixCase given) {
    hold(BatchNormLaws.SHIFT_INVARIANCE, given);
  }

  /**
   * {@link BatchNormLaws#CONSTANT_FEATURE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void constantFeature(@ForAll MatrixCase given) {
    hold(BatchNormLaws.CONSTANT_FEATURE, given);
  }

  /**
   * {@link BatchNormLaws#ONE_SAMPLE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void oneSample(@ForAll MatrixCase given) {
    hold(BatchNormLaws.ONE_SAMPLE, given);
  }

  /**
   * {@link BatchNormLaws#INFERENCE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void inference(@ForAll MatrixCase given) {
    hold(BatchNormLaws.INFERENCE, given);
  }

  /**
   * {@link BatchNormLaws#BACKWARD_BY_DIFFERENCES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardByDifferences(@ForAll MatrixCase given) {
    hold(BatchNormLaws.BACKWARD_BY_DIFFERENCES, given);
  }

  /**
   * {@link BatchNormLaws#BACKWARD}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backward(@ForAll MatrixCase given) {
    hold(BatchNormLaws.BACKWARD, given);
  }

  /**
   * {@link BatchNormLaws#GRADIENTS_SUM_TO_ZERO}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void gradientsSumToZero(@ForAll MatrixCase given) {
    hold(BatchNormLaws.GRADIENTS_SUM_TO_ZERO, given);
  }

  /**
   * {@link BatchNormLaws#NON_FINITE_FEATURES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteFeatures(@ForAll MatrixCase given) {
    hold(BatchNormLaws.NON_FINITE_FEATURES, given);
  }

  /**
   * {@link BatchNormLaws#NON_FINITE_GRADIENTS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteGradients(@ForAll MatrixCase given) {
    hold(BatchNormLaws.NON_FINITE_GRADIENTS, given);
  }

  /**
   * {@link BatchNormLaws#IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void inPlace(@ForAll MatrixCase given) {
    hold(BatchNormLaws.IN_PLACE, given);
  }

  /**
   * {@link BatchNormLaws#INFERENCE_IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void inferenceInPlace(@ForAll MatrixCase given) {
    hold(BatchNormLaws.INFERENCE_IN_PLACE, given);
  }

  /**
   * {@link BatchNormLaws#BACKWARD_IN_PLACE}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void backwardInPlace(@ForAll MatrixCase given) {
    hold(BatchNormLaws.BACKWARD_IN_PLACE, given);
  }
}

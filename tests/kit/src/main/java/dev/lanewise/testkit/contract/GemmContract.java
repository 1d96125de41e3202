package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.GemmCase;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.law.GemmLaws;
import dev.lanewise.testkit.law.Law;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** {@link GemmLaws} as properties; a test implements {@code gemm} of its {@link GemmEngine}. */
public interface GemmContract extends GemmEngine, Contract<GemmEngine> {
  @Override
  default List<Law<GemmEngine, GemmCase>> laws() {
    return GemmLaws.ALL;
  }

  @Override
  default GemmEngine engine() {
    return this;
  }

  /**
   * {@link GemmLaws#PRODUCT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void product(@ForAll GemmCase given) {
    hold(GemmLaws.PRODUCT, given);
  }

  /**
   * {@link GemmLaws#FACTOR_OF_THE_PRODUCT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void factorOfTheProduct(@ForAll GemmCase given) {
    hold(GemmLaws.FACTOR_OF_THE_PRODUCT, given);
  }

  /**
   * {@link GemmLaws#FACTOR_OF_THE_OLD_RESULT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void factorOfTheOldResult(@ForAll GemmCase given) {
    hold(GemmLaws.FACTOR_OF_THE_OLD_RESULT, given);
  }

  /**
   * {@link GemmLaws#BOTH_FACTORS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void bothFactors(@ForAll GemmCase given) {
    hold(GemmLaws.BOTH_FACTORS, given);
  }

  /**
   * {@link GemmLaws#WHOLE_NUMBERS_ARE_EXACT}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void wholeNumbersAreExact(@ForAll GemmCase given) {
    hold(GemmLaws.WHOLE_NUMBERS_ARE_EXACT, given);
  }

  /**
   * {@link GemmLaws#ZERO_FACTOR_READS_NOTHING}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void zeroFactorReadsNothing(@ForAll GemmCase given) {
    hold(GemmLaws.ZERO_FACTOR_READS_NOTHING, given);
  }

  /**
   * {@link GemmLaws#NON_FINITE_NUMBERS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void nonFiniteNumbers(@ForAll GemmCase given) {
    hold(GemmLaws.NON_FINITE_NUMBERS, given);
  }

  /**
   * {@link GemmLaws#FUSED_CHAIN}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void fusedChain(@ForAll GemmCase given) {
    hold(GemmLaws.FUSED_CHAIN, given);
  }
}

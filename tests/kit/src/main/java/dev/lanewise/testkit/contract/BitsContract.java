package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.BitsEngine;
import dev.lanewise.testkit.law.BitsLaws;
import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.MatrixCase;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** {@link BitsLaws} as properties; a test implements {@code apply} of its {@link BitsEngine}. */
public interface BitsContract extends BitsEngine, Contract<BitsEngine> {
  @Override
  default List<Law<BitsEngine, MatrixCase>> laws() {
    return BitsLaws.ALL;
  }

  @Override
  default BitsEngine engine() {
    return this;
  }

  /**
   * {@link BitsLaws#REPETITION}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void repetition(@ForAll MatrixCase given) {
    hold(BitsLaws.REPETITION, given);
  }

  /**
   * {@link BitsLaws#THREADS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void threads(@ForAll MatrixCase given) {
    hold(BitsLaws.THREADS, given);
  }

  /**
   * {@link BitsLaws#BATCHES}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void batches(@ForAll MatrixCase given) {
    hold(BitsLaws.BATCHES, given);
  }

  /**
   * {@link BitsLaws#LAYOUTS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void layouts(@ForAll MatrixCase given) {
    hold(BitsLaws.LAYOUTS, given);
  }

  /**
   * {@link BitsLaws#CONCURRENT_CALLS}.
   *
   * @param given the case
   */
  @Property(tries = Law.TRIES)
  default void concurrentCalls(@ForAll MatrixCase given) {
    hold(BitsLaws.CONCURRENT_CALLS, given);
  }
}

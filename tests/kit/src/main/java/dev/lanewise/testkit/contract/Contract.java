package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.Case;
import dev.lanewise.testkit.law.Engine;
import dev.lanewise.testkit.law.Law;
import java.util.List;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * An operation's laws as properties. Each property has the name of its law.
 *
 * @param <E> the adapter of an implementation
 */
@AddLifecycleHook(ContractHook.class)
public interface Contract<E extends Engine> extends Engine {
  /**
   * The laws, one for each property.
   *
   * @return for example {@link dev.lanewise.testkit.law.GemmLaws#ALL}
   */
  List<? extends Law<E, ?>> laws();

  /**
   * The implementation that the laws are tried on.
   *
   * @return this test itself, as its adapter
   */
  E engine();

  /**
   * Told, after each law that held, how close the worst element came to its bound.
   *
   * @param line the law, the number of elements checked and the worst of them; by default dropped
   */
  default void held(String line) {}

  /**
   * Asserts a law on a case.
   *
   * @param <C> the type of case
   * @param law the law
   * @param given the case
   * @throws AssertionError if the law is broken
   */
  default <C extends Case<C>> void hold(Law<E, C> law, C given) {
    law.check(engine(), given, ContractHook.seen(law.name()));
  }
}

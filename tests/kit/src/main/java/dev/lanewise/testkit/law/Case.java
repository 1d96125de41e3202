package dev.lanewise.testkit.law;

import java.util.stream.Stream;

/**
 * What fixes the operands of one call: extents, layouts, what the elements are like, and the seed
 * that they are drawn from. Its {@code toString} is the Java that makes it again.
 *
 * @param <C> the type of case
 */
public interface Case<C extends Case<C>> {
  /**
   * Cases that differ from this one in one respect and are simpler in it: smaller, of a plainer
   * layout, or of more ordinary elements.
   *
   * @return the simplest first; none if nothing is simpler
   */
  Stream<C> simpler();

  /**
   * How far this case is from the simplest.
   *
   * @return a figure that each of {@link #simpler()} is below
   */
  long complexity();
}

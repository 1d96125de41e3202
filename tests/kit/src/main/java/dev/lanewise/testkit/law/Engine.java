package dev.lanewise.testkit.law;

import java.util.EnumSet;
import java.util.Set;

/** What an adapter declares of the engine behind it. */
public interface Engine {
  /**
   * What the engine promises beyond the plain operation.
   *
   * @return the capabilities to be tested; by default none
   */
  default Set<Capability> capabilities() {
    return EnumSet.noneOf(Capability.class);
  }

  /**
   * How much more error than the laws allow is tolerated.
   *
   * @return the factor on every law's bound; by default 1
   */
  default double tolerance() {
    return 1;
  }
}

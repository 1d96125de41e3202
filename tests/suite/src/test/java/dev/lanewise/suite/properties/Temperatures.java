package dev.lanewise.suite.properties;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Temperatures whose reciprocals are floats, and others. */
public final class Temperatures implements ArbitrarySupplier<Float> {
  @Override
  public Arbitrary<Float> get() {
    return Arbitraries.of(1f, 0.5f, 3f, 100f);
  }
}

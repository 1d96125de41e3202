package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.law.GemmCase;
import dev.lanewise.testkit.law.MatrixCase;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;

/** Lets {@code @ForAll GemmCase} and {@code @ForAll MatrixCase} be drawn without a supplier. */
public final class CaseProvider implements ArbitraryProvider {
  /** Called by jqwik, which finds this class as a service. */
  public CaseProvider() {}

  @Override
  public boolean canProvideFor(TypeUsage type) {
    return type.isOfType(GemmCase.class) || type.isOfType(MatrixCase.class);
  }

  @Override
  public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
    return Set.of(
        type.isOfType(GemmCase.class) ? Cases.of(GemmCase::draw) : Cases.of(MatrixCase::draw));
  }
}

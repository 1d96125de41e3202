package dev.lanewise.suite.properties;

import dev.lanewise.testkit.contract.Cases;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.operand.Layout;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** The kit's matrices of the sizes that the properties are about, of one element at least. */
public final class Matrices {
  /** The layouts whose elements are distinct. */
  public static final List<Layout> LAYOUTS =
      Arrays.stream(Layout.values()).map(Layout::distinct).distinct().toList();

  private Matrices() {}

  private static Arbitrary<MatrixCase> upTo(int rows, int columns) {
    return Cases.of(mix -> MatrixCase.draw(mix, rows, columns))
        .filter(given -> given.rows() > 0 && given.columns() > 0);
  }

  /** Up to 12 × 12: differences in every direction take their time. */
  public static final class Small implements ArbitrarySupplier<MatrixCase> {
    @Override
    public Arbitrary<MatrixCase> get() {
      return upTo(12, 12);
    }
  }

  /** Up to 20 × 200. */
  public static final class Medium implements ArbitrarySupplier<MatrixCase> {
    @Override
    public Arbitrary<MatrixCase> get() {
      return upTo(20, 200);
    }
  }

  /** {@link #LAYOUTS}. */
  public static final class Layouts implements ArbitrarySupplier<Layout> {
    @Override
    public Arbitrary<Layout> get() {
      return Arbitraries.of(LAYOUTS);
    }
  }
}

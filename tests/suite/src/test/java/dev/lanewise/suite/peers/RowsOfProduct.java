package dev.lanewise.suite.peers;

import dev.lanewise.testkit.law.BitsEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import java.util.EnumSet;
import java.util.Set;

/**
 * The product of each row with one matrix, as a row-wise operation.
 *
 * @param product whose product
 */
record RowsOfProduct(GemmEngine product) implements BitsEngine {
  private static final int COLUMNS = 40;
  private static final long SEED = 20;

  @Override
  public int outputColumns(int inputColumns) {
    return inputColumns > 2 * COLUMNS ? 1 + inputColumns % 3 : 1 + inputColumns % COLUMNS;
  }

  @Override
  public void apply(Operand x, Operand y, int threads) {
    Operand b = Layout.DENSE.operand(x.columns(), y.columns(), Values.ORDINARY, new Mix(SEED));
    product.gemm(1, x, b, 0, y);
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> declared = EnumSet.of(Capability.BATCHES, Capability.CONCURRENT_CALLS);
    if (product.capabilities().contains(Capability.COLUMN_MAJOR)) {
      declared.addAll(
          EnumSet.of(
              Capability.OFFSETS,
              Capability.LEADING_DIMENSION,
              Capability.COLUMN_MAJOR,
              Capability.LAYOUTS));
    }
    return declared;
  }
}

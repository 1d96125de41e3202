package dev.lanewise.suite.engine;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.Samples;
import dev.lanewise.testkit.operand.Operand;

/**
 * The adapter of {@link BatchNorm} with channels first: an even number of samples as two matrices
 * with a row for each feature, an odd number as one.
 */
public class LanewiseChannelsNorm extends LanewiseBatchNorm {
  @Override
  Samples samples(Operand x) {
    int size = x.rows() % 2 == 0 ? 2 : 1;
    int each = x.rows() / size;
    return FloatBatch.of(
        x.array(),
        x.offset(),
        size,
        each * x.rowStride(),
        x.columns(),
        each,
        x.columnStride(),
        x.rowStride());
  }
}

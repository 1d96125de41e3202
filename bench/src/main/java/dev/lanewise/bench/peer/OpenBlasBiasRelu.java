package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * C ← max(A·B + bias, 0): the product by OpenBLAS, which has nothing for the rest, then one pass of
 * vectors over C where it lies.
 */
final class OpenBlasBiasRelu implements PeerOperation {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private final int m;
  private final int n;
  private final OpenBlasGemm product;
  private final float[] bias;

  OpenBlasBiasRelu(int m, int k, int n, float[] a, float[] b, float[] bias, float[] c) {
    this.m = m;
    this.n = n;
    this.bias = bias;
    product = new OpenBlasGemm(m, k, n, a, b, c, false, false);
  }

  @Override
  public void run() {
    product.run();
    for (int i = 0; i < m; i++) {
      finishRow(product.result(), (long) i * n, n, bias);
    }
  }

  private static void finishRow(MemorySegment c, long start, int n, float[] bias) {
    int j = 0;
    for (; j < FLOATS.loopBound(n); j += FLOATS.length()) {
      long offset = Float.BYTES * (start + j);
      FloatVector sum =
          FloatVector.fromMemorySegment(FLOATS, c, offset, ByteOrder.nativeOrder())
              .add(FloatVector.fromArray(FLOATS, bias, j));
      sum.blend(0, sum.lt(0)).intoMemorySegment(c, offset, ByteOrder.nativeOrder());
    }
    for (; j < n; j++) {
      float sum = c.getAtIndex(JAVA_FLOAT, start + j) + bias[j];
      c.setAtIndex(JAVA_FLOAT, start + j, Math.max(sum, 0));
    }
  }

  @Override
  public void fetch() {
    product.fetch();
  }
}

package dev.lanewise.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The most bytes that memory and caches can move: read plus written, by vectors of the full width,
 * on memory aligned to cache lines.
 *
 * <p>What would fool it: Java arrays, which begin within a cache line, so that every other access
 * touches two; a sum in fewer chains than loads are under way; memory that was never touched; and
 * streaming stores, which kernels do not use. A write that misses the caches makes them read the
 * line first, which is not counted. With {@code -t} each thread has operands of its own.
 */
public class BandwidthBenchmark extends OperationBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final long VECTOR = SPECIES.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int ALIGNMENT = 64;

  /** Vectors that one step of a loop takes from each operand. */
  private static final int UNROLLED = 8;

  /** One call goes over small operands so often that its own cost does not count. */
  private static final long BYTES_PER_CALL = 1 << 20;

  private static final float FACTOR = 0.5f;

  /** Of a sum of equal floats in more than 64 chains. */
  private static final double SUM_ERROR = 1e-3;

  /** The bytes of all operands together. */
  @Param({"16384", "524288", "8388608", "134217728"})
  public long bytes;

  private MemorySegment a;
  private MemorySegment b;
  private MemorySegment c;
  private int passes;

  /**
   * What one call moves.
   *
   * @param method {@code read}, {@code copy} or {@code triad}
   * @param bytes the bytes of all operands together
   * @return bytes read plus bytes written
   */
  public static long bytesPerCall(String method, long bytes) {
    return operands(method) * operandBytes(method, bytes) * passes(bytes);
  }

  private static int operands(String method) {
    return switch (method) {
      case "read" -> 1;
      case "copy" -> 2;
      case "triad" -> 3;
      default -> throw new IllegalArgumentException(method + " is no access to memory");
    };
  }

  /** A whole number of steps. */
  private static long operandBytes(String method, long bytes) {
    long step = UNROLLED * VECTOR;
    return bytes / operands(method) / step * step;
  }

  private static int passes(long bytes) {
    return (int) Math.max(1, BYTES_PER_CALL / bytes);
  }

  /** Allocates and fills the operands, and checks what a pass leaves in them. */
  @Override
  public void prepare(String method) {
    long size = operandBytes(method, bytes);
    passes = passes(bytes);
    a = filled(size, 3);
    b = operands(method) > 1 ? filled(size, 2) : null;
    c = operands(method) > 2 ? filled(size, 1) : null;
    if (method.equals("read")) {
      checkSum(0.75 * size * passes); // elements of 4 bytes, each 3
      return;
    }
    run(method);
    float expected = method.equals("copy") ? 2 : 2 + FACTOR;
    for (long offset = 0; offset < size; offset += Float.BYTES) {
      float actual = a.get(ValueLayout.JAVA_FLOAT, offset);
      if (actual != expected) {
        throw new AssertionError(
            "%s: expected %s, actual %s at byte %d"
                .formatted(label(method), expected, actual, offset));
      }
    }
  }

  private void checkSum(double expected) {
    float sum = read();
    if (Math.abs(sum - expected) > SUM_ERROR * expected) {
      throw new AssertionError(
          "%s: expected %s, actual %s".formatted(label("read"), expected, sum));
    }
  }

  /** Never freed: a fork measures one size and ends. */
  private static MemorySegment filled(long size, float value) {
    MemorySegment segment = Arena.global().allocate(size, ALIGNMENT);
    FloatVector values = FloatVector.broadcast(SPECIES, value);
    for (long offset = 0; offset < size; offset += VECTOR) {
      values.intoMemorySegment(segment, offset, ORDER);
    }
    return segment;
  }

  /**
   * Sums a.
   *
   * @return the sum
   */
  @Benchmark
  public float read() {
    float sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(a, a.byteSize());
    }
    return sum;
  }

  private static float sum(MemorySegment a, long size) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (long i = 0; i < size; i += UNROLLED * VECTOR) {
      s0 = s0.add(FloatVector.fromMemorySegment(SPECIES, a, i, ORDER));
      s1 = s1.add(FloatVector.fromMemorySegment(SPECIES, a, i + VECTOR, ORDER));
      s2 = s2.add(FloatVector.fromMemorySegment(SPECIES, a, i + 2 * VECTOR, ORDER));
      s3 = s3.add(FloatVector.fromMemorySegment(SPECIES, a, i + 3 * VECTOR, ORDER));
      s4 = s4.add(FloatVector.fromMemorySegment(SPECIES, a, i + 4 * VECTOR, ORDER));
      s5 = s5.add(FloatVector.fromMemorySegment(SPECIES, a, i + 5 * VECTOR, ORDER));
      s6 = s6.add(FloatVector.fromMemorySegment(SPECIES, a, i + 6 * VECTOR, ORDER));
      s7 = s7.add(FloatVector.fromMemorySegment(SPECIES, a, i + 7 * VECTOR, ORDER));
    }
    return s0.add(s1)
        .add(s2.add(s3))
        .add(s4.add(s5).add(s6.add(s7)))
        .reduceLanes(VectorOperators.ADD);
  }

  /** a ← b. */
  @Benchmark
  public void copy() {
    for (int pass = 0; pass < passes; pass++) {
      copy(b, a, a.byteSize());
    }
  }

  private static void copy(MemorySegment from, MemorySegment to, long size) {
    for (long i = 0; i < size; i += VECTOR) {
      FloatVector.fromMemorySegment(SPECIES, from, i, ORDER).intoMemorySegment(to, i, ORDER);
    }
  }

  /** a ← b + factor·c. */
  @Benchmark
  public void triad() {
    for (int pass = 0; pass < passes; pass++) {
      triad(b, c, a, a.byteSize());
    }
  }

  private static void triad(MemorySegment b, MemorySegment c, MemorySegment a, long size) {
    FloatVector factor = FloatVector.broadcast(SPECIES, FACTOR);
    for (long i = 0; i < size; i += VECTOR) {
      FloatVector.fromMemorySegment(SPECIES, c, i, ORDER)
          .fma(factor, FloatVector.fromMemorySegment(SPECIES, b, i, ORDER))
          .intoMemorySegment(a, i, ORDER);
    }
  }
}

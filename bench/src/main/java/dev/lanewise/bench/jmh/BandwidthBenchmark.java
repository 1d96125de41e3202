package dev.lanewise.bench.jmh;

import java.util.Arrays;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The most bytes that memory and caches can move: read plus written, by vectors of the full width
 * on operands that begin with a cache line.
 *
 * <p>What would fool it: operands that begin within a line, as Java's arrays do, so that every
 * other access touches two; sums in fewer chains than loads are under way; summing the lanes, or
 * calling a method, once per pass over a small operand; memory that was never touched; and
 * streaming stores, which kernels do not use. A write that misses the caches makes them read the
 * line first, which is not counted: {@code update}, which works in place as optimizers do, pays
 * nothing for it. With {@code -t} each thread has operands of its own.
 */
public class BandwidthBenchmark extends OperationBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Vectors that one step of a loop takes from each operand. */
  private static final int UNROLLED = 8;

  private static final int STEP = UNROLLED * LANES;

  /** One call goes over small operands so often that its own cost does not count. */
  private static final long BYTES_PER_CALL = 1 << 20;

  /**
   * An array of so many floats, 24 MB, is humongous to G1 with regions of any size, begins with a
   * region and is never moved.
   */
  private static final int SHORTEST = 6 << 20;

  /** Behind an array's header of 16 bytes, the first cache line begins here. */
  private static final int FIRST_LINE = 12;

  /** Operands that begin alike in a page of 4 KB would look like one to the processor's stores. */
  private static final int APART = 320;

  private static final float FACTOR = 0.5f;

  /** Of a sum of equal floats in more than 32 chains. */
  private static final double SUM_ERROR = 1e-3;

  /** The bytes of all operands together. */
  @Param({"16384", "524288", "8388608", "134217728"})
  public long bytes;

  private final int aStart = FIRST_LINE;
  private final int bStart = FIRST_LINE + APART;
  private final int cStart = FIRST_LINE + 2 * APART;
  private float[] a;
  private float[] b;
  private float[] c;
  private int length;
  private int passes;

  /** A kind of access; the benchmark method of each has its name. */
  public enum Access {
    /** Sums a. */
    READ(1, 1),
    /** a ← b. */
    COPY(2, 2),
    /** a ← b + factor·c. */
    TRIAD(3, 3),
    /** a ← a + factor·b: what it writes is in the nearest cache already. */
    UPDATE(2, 3);

    private final int operands;
    private final int transfers;

    Access(int operands, int transfers) {
      this.operands = operands;
      this.transfers = transfers;
    }

    /**
     * The access of a benchmark method.
     *
     * @param method its name
     * @return the access
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Access of(String method) {
      return valueOf(method.toUpperCase(Locale.ROOT));
    }

    /**
     * The benchmark method that measures it.
     *
     * @return its name
     */
    public String method() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What one call moves.
     *
     * @param bytes the bytes of all operands together
     * @return bytes read plus bytes written
     */
    public long bytesPerCall(long bytes) {
      return (long) Float.BYTES * transfers * length(this, bytes) * passes(bytes);
    }
  }

  /** Elements of an operand, a whole number of steps. */
  private static int length(Access access, long bytes) {
    return Math.toIntExact(bytes / access.operands / Float.BYTES / STEP * STEP);
  }

  private static int passes(long bytes) {
    return (int) Math.max(1, BYTES_PER_CALL / bytes);
  }

  /** Allocates and fills the operands, and checks what a call returns or leaves in them. */
  @Override
  public void prepare(String method) {
    Access access = Access.of(method);
    length = length(access, bytes);
    passes = passes(bytes);
    a = filled(3);
    b = access.operands > 1 ? filled(2) : null;
    c = access.operands > 2 ? filled(1) : null;
    switch (access) {
      case READ -> check("the sum", 3.0 * length * passes, read(), SUM_ERROR);
      case COPY -> {
        copy();
        checkAll(2);
      }
      case TRIAD -> {
        triad();
        checkAll(2 + FACTOR);
      }
      case UPDATE -> {
        update();
        checkAll(3 + passes * 2 * FACTOR);
      }
    }
  }

  private float[] filled(float value) {
    float[] operand = new float[Math.max(SHORTEST, length + cStart)];
    Arrays.fill(operand, value);
    return operand;
  }

  private void checkAll(float expected) {
    for (int i = 0; i < length; i++) {
      check("element " + i, expected, a[aStart + i], 0);
    }
  }

  private static void check(String what, double expected, float actual, double error) {
    if (Math.abs(actual - expected) > error * expected) {
      throw new AssertionError("%s: expected %s, actual %s".formatted(what, expected, actual));
    }
  }

  /**
   * Sums a.
   *
   * @return the sum
   */
  @Benchmark
  public float read() {
    return sum(a, aStart, length, passes);
  }

  /**
   * Reads four places at a time, a quarter of the operand apart: where the hardware's prefetcher
   * stops at the end of a page, it goes on in three others.
   */
  private static float sum(float[] a, int start, int length, int passes) {
    int quarter = length / 4;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int pass = 0; pass < passes; pass++) {
      for (int i = start; i < start + quarter; i += 2 * LANES) {
        s0 = s0.add(FloatVector.fromArray(SPECIES, a, i));
        s1 = s1.add(FloatVector.fromArray(SPECIES, a, i + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, a, i + quarter));
        s3 = s3.add(FloatVector.fromArray(SPECIES, a, i + quarter + LANES));
        s4 = s4.add(FloatVector.fromArray(SPECIES, a, i + 2 * quarter));
        s5 = s5.add(FloatVector.fromArray(SPECIES, a, i + 2 * quarter + LANES));
        s6 = s6.add(FloatVector.fromArray(SPECIES, a, i + 3 * quarter));
        s7 = s7.add(FloatVector.fromArray(SPECIES, a, i + 3 * quarter + LANES));
      }
    }
    return s0.add(s1)
        .add(s2.add(s3))
        .add(s4.add(s5).add(s6.add(s7)))
        .reduceLanes(VectorOperators.ADD);
  }

  /** a ← b. */
  @Benchmark
  public void copy() {
    copy(b, bStart, a, aStart, length, passes);
  }

  private static void copy(float[] b, int bStart, float[] a, int aStart, int length, int passes) {
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < length; i += LANES) {
        FloatVector.fromArray(SPECIES, b, bStart + i).intoArray(a, aStart + i);
      }
    }
  }

  /** a ← b + factor·c. */
  @Benchmark
  public void triad() {
    triad(b, bStart, c, cStart, a, aStart, length, passes);
  }

  private static void triad(
      float[] b, int bStart, float[] c, int cStart, float[] a, int aStart, int length, int passes) {
    FloatVector factor = FloatVector.broadcast(SPECIES, FACTOR);
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < length; i += 4 * LANES) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, b, bStart + i);
        FloatVector v1 = FloatVector.fromArray(SPECIES, b, bStart + i + LANES);
        FloatVector v2 = FloatVector.fromArray(SPECIES, b, bStart + i + 2 * LANES);
        FloatVector v3 = FloatVector.fromArray(SPECIES, b, bStart + i + 3 * LANES);
        v0 = factor.fma(FloatVector.fromArray(SPECIES, c, cStart + i), v0);
        v1 = factor.fma(FloatVector.fromArray(SPECIES, c, cStart + i + LANES), v1);
        v2 = factor.fma(FloatVector.fromArray(SPECIES, c, cStart + i + 2 * LANES), v2);
        v3 = factor.fma(FloatVector.fromArray(SPECIES, c, cStart + i + 3 * LANES), v3);
        v0.intoArray(a, aStart + i);
        v1.intoArray(a, aStart + i + LANES);
        v2.intoArray(a, aStart + i + 2 * LANES);
        v3.intoArray(a, aStart + i + 3 * LANES);
      }
    }
  }

  /** a ← a + factor·b. */
  @Benchmark
  public void update() {
    update(b, bStart, a, aStart, length, passes);
  }

  private static void update(float[] b, int bStart, float[] a, int aStart, int length, int passes) {
    FloatVector factor = FloatVector.broadcast(SPECIES, FACTOR);
    for (int pass = 0; pass < passes; pass++) {
      for (int i = 0; i < length; i += 4 * LANES) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, b, bStart + i);
        FloatVector v1 = FloatVector.fromArray(SPECIES, b, bStart + i + LANES);
        FloatVector v2 = FloatVector.fromArray(SPECIES, b, bStart + i + 2 * LANES);
        FloatVector v3 = FloatVector.fromArray(SPECIES, b, bStart + i + 3 * LANES);
        v0 = factor.fma(v0, FloatVector.fromArray(SPECIES, a, aStart + i));
        v1 = factor.fma(v1, FloatVector.fromArray(SPECIES, a, aStart + i + LANES));
        v2 = factor.fma(v2, FloatVector.fromArray(SPECIES, a, aStart + i + 2 * LANES));
        v3 = factor.fma(v3, FloatVector.fromArray(SPECIES, a, aStart + i + 3 * LANES));
        v0.intoArray(a, aStart + i);
        v1.intoArray(a, aStart + i + LANES);
        v2.intoArray(a, aStart + i + 2 * LANES);
        v3.intoArray(a, aStart + i + 3 * LANES);
      }
    }
  }
}

package dev.lanewise.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The most floating-point operations that the vector units can do: fused multiply-adds between
 * registers.
 *
 * <p>What would fool it: fewer independent chains than the units' latency times their number, or
 * more than there are registers. With {@code -t} it says what several cores do together.
 */
public class PeakBenchmark extends OperationBenchmark {
  /** Floating-point operations of one call: two per multiply-add. */
  public static final long FLOPS = 2 * MultiplyAdds.COUNT;

  /** The width of the vectors. */
  @Param({"128", "256", "512"})
  public int bits;

  private float x;
  private float y;

  /** Checks that the JVM has the width, and the sum that the loop returns. */
  @Override
  public void prepare(String method) {
    if (bits > MultiplyAdds.preferredBits()) {
      throw new IllegalStateException(
          "bits=%d: this JVM's vectors have %d".formatted(bits, MultiplyAdds.preferredBits()));
    }
    x = 0.5f;
    y = 2;
    run(method);
    float sum = peak();
    if (sum != MultiplyAdds.COUNT) {
      throw new AssertionError(
          "%s: expected %d, actual %s".formatted(label(method), MultiplyAdds.COUNT, sum));
    }
  }

  /**
   * Fused multiply-adds in registers.
   *
   * @return their sum
   */
  @Benchmark
  public float peak() {
    return MultiplyAdds.run(bits, x, y);
  }
}

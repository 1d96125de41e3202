package dev.lanewise.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the machine can do: the yardsticks of all other figures.
 *
 * <p>{@code peak} runs {@link #PEAK_FLOPS} floating-point operations as fused multiply-adds between
 * registers. It would be too low with fewer independent chains than the units' latency times their
 * number, or with more than there are registers; {@code copy} moves a matrix of floats from one
 * array to another, and would be too low if it had to touch new pages. Neither says what two cores
 * do together.
 */
public class CalibrationBenchmark extends OperationBenchmark {
  /** Floating-point operations of one call of {@link #peak}: two per multiply-add. */
  public static final long PEAK_FLOPS = 2 * MultiplyAdds.COUNT;

  private float x;
  private float y;

  /** The operands of {@link #copy}. */
  @State(Scope.Thread)
  public static class Matrices {
    /** Rows and columns. */
    @Param({"256x1024", "256x1000"})
    public String shape;

    private float[] from;
    private float[] to;

    /** Allocates and touches both matrices. */
    @Setup
    public void allocate() {
      from = normal(1, Math.toIntExact(Shape.parse(shape, 2).size()), 0, 1);
      to = from.clone();
    }
  }

  /** Fills the factors, and checks the sum that the peak loop returns. */
  @Override
  public void prepare(String method) {
    x = 0.5f;
    y = 2;
    if (method.equals("peak") && peak() != MultiplyAdds.COUNT) {
      throw new AssertionError(
          "%s: expected %d, actual %s".formatted(label(method), MultiplyAdds.COUNT, peak()));
    }
  }

  /**
   * Fused multiply-adds in registers.
   *
   * @return their sum
   */
  @Benchmark
  public float peak() {
    return MultiplyAdds.run(x, y);
  }

  /**
   * A copy of a matrix.
   *
   * @param matrices from where to where
   */
  @Benchmark
  public void copy(Matrices matrices) {
    System.arraycopy(matrices.from, 0, matrices.to, 0, matrices.from.length);
  }
}

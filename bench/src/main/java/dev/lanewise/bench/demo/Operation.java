package dev.lanewise.bench.demo;

import dev.lanewise.bench.jmh.AdamBenchmark;
import dev.lanewise.bench.jmh.BatchNormBackwardBenchmark;
import dev.lanewise.bench.jmh.BatchNormForwardBenchmark;
import dev.lanewise.bench.jmh.BatchNormInferenceBenchmark;
import dev.lanewise.bench.jmh.ColumnSumsBenchmark;
import dev.lanewise.bench.jmh.CrossEntropyBenchmark;
import dev.lanewise.bench.jmh.CrossEntropyLossBenchmark;
import dev.lanewise.bench.jmh.GemmBenchmark;
import dev.lanewise.bench.jmh.GradientDescentBenchmark;
import dev.lanewise.bench.jmh.OperationBenchmark;
import dev.lanewise.bench.jmh.ReluBackwardBenchmark;
import dev.lanewise.bench.jmh.ReluBenchmark;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.jmh.SoftmaxBackwardBenchmark;
import dev.lanewise.bench.jmh.SoftmaxBenchmark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * An operation of the demo: its benchmark, its shape, and the work of one call.
 *
 * <p>A product counts two floating-point operations per multiply-add. All others count bytes of
 * matrices and parameter arrays, each operand read once and each result written once, however often
 * an implementation passes over them; vectors with an element per row or column, below 1 %, are
 * left out.
 */
public enum Operation {
  /** C ← A·B. */
  GEMM("gemm", GemmBenchmark.class, "512x512x512", Unit.FLOP, 2),
  /** Reads x, writes y. */
  SOFTMAX("softmax", SoftmaxBenchmark.class, "256x1000", Unit.BYTE, 2),
  /** Reads y and dy, writes dx. */
  SOFTMAX_BACKWARD("softmax backward", SoftmaxBackwardBenchmark.class, "256x1000", Unit.BYTE, 3),
  /** Reads x. */
  CROSS_ENTROPY_LOSS(
      "cross-entropy loss", CrossEntropyLossBenchmark.class, "256x1000", Unit.BYTE, 1),
  /** Reads x, writes dx. */
  CROSS_ENTROPY(
      "cross-entropy loss, gradient", CrossEntropyBenchmark.class, "256x1000", Unit.BYTE, 2),
  /** Reads x, writes y. */
  BATCH_NORM_FORWARD(
      "batch norm forward", BatchNormForwardBenchmark.class, "256x1024", Unit.BYTE, 2),
  /** Reads x, writes y. */
  BATCH_NORM_INFERENCE(
      "batch norm inference", BatchNormInferenceBenchmark.class, "256x1024", Unit.BYTE, 2),
  /** Reads x and dy, writes dx. */
  BATCH_NORM_BACKWARD(
      "batch norm backward", BatchNormBackwardBenchmark.class, "256x1024", Unit.BYTE, 3),
  /** Reads x, writes y. */
  RELU("relu", ReluBenchmark.class, "256x1024", Unit.BYTE, 2),
  /** Reads x and dy, writes dx. */
  RELU_BACKWARD("relu backward", ReluBackwardBenchmark.class, "256x1024", Unit.BYTE, 3),
  /** Reads x. */
  COLUMN_SUMS("column sums", ColumnSumsBenchmark.class, "256x1024", Unit.BYTE, 1),
  /** Reads p and g, writes p. */
  GRADIENT_DESCENT("gradient descent", GradientDescentBenchmark.class, "1x262144", Unit.BYTE, 3),
  /** Reads p, g and two moments, writes p and the moments. */
  ADAM("adam", AdamBenchmark.class, "1x262144", Unit.BYTE, 7);

  /** What is counted. */
  public enum Unit {
    /** Floating-point operations, held against the multiply-add peak. */
    FLOP(3, 1),
    /** Bytes read plus written, held against the bandwidth of a copy. */
    BYTE(2, Float.BYTES);

    private final int dimensions;
    private final int perElement;

    Unit(int dimensions, int perElement) {
      this.dimensions = dimensions;
      this.perElement = perElement;
    }
  }

  private final String title;
  private final Class<? extends OperationBenchmark> benchmark;
  private final String shape;
  private final Unit unit;
  private final int times;

  Operation(
      String title,
      Class<? extends OperationBenchmark> benchmark,
      String shape,
      Unit unit,
      int times) {
    this.title = title;
    this.benchmark = benchmark;
    this.shape = shape;
    this.unit = unit;
    this.times = times;
  }

  /**
   * The name in the table.
   *
   * @return for example {@code batch norm forward}
   */
  public String title() {
    return title;
  }

  /**
   * The JMH class.
   *
   * @return the class
   */
  public Class<? extends OperationBenchmark> benchmark() {
    return benchmark;
  }

  /**
   * The shape that the demo measures.
   *
   * @return the shape
   */
  public Shape shape() {
    return Shape.parse(shape, unit.dimensions);
  }

  /**
   * What {@link #work} counts.
   *
   * @return the unit
   */
  public Unit unit() {
    return unit;
  }

  /**
   * The work of one call at a shape.
   *
   * @param at the shape
   * @return floating-point operations or bytes
   */
  public long work(Shape at) {
    return (long) times * unit.perElement * at.size();
  }

  /**
   * The implementations that its benchmark has, without the yardstick.
   *
   * @return their names, in the order in which the table shows them
   */
  public List<String> implementations() {
    return Stream.of("naive", "autovec", "scalar", "lanewise").filter(this::has).toList();
  }

  private boolean has(String implementation) {
    return Arrays.stream(benchmark.getMethods())
        .anyMatch(
            method ->
                method.getName().equals(implementation)
                    && method.isAnnotationPresent(Benchmark.class));
  }
}

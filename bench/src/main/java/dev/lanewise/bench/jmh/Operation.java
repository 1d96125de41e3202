package dev.lanewise.bench.jmh;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * An operation that is measured: its benchmark, the suite that it belongs to, its shapes, and the
 * {@link Work} of one call.
 */
public enum Operation {
  /** C ← A·B. */
  GEMM("gemm", "gemm", GemmBenchmark.class, "128x784x512"),
  /** C ← A·B in double. */
  GEMM_DOUBLE("gemm of doubles", "gemm", GemmDoubleBenchmark.class, "256x256x256"),
  /** C ← A·B for many small matrices of the same extents. */
  GEMM_BATCH("gemm batch", "gemm", GemmBatchBenchmark.class, "1000x16x16x16"),
  /** C ← max(A·B + bias, 0). */
  GEMM_EPILOGUE("gemm, bias, relu", "gemm", GemmEpilogueBenchmark.class, "128x784x512"),
  /** Reads x, writes y: maximum, difference, exp, sum, quotient. */
  SOFTMAX("softmax", "softmax", SoftmaxBenchmark.class, "256x1000", 4 + Work.EXP, 2, 2),
  /** Reads y and dy, writes dx: inner product, difference, product. */
  SOFTMAX_BACKWARD(
      "softmax backward", "softmax", SoftmaxBackwardBenchmark.class, "256x1000", 4, 3, 3),
  /** Reads x, writes y: maximum, difference, exp, sum, difference. */
  LOG_SOFTMAX("log softmax", "softmax", LogSoftmaxBenchmark.class, "256x1000", 4 + Work.EXP, 2, 2),
  /** Reads x: maximum, difference, exp, sum. */
  CROSS_ENTROPY_LOSS(
      "cross-entropy loss",
      "cross-entropy",
      CrossEntropyLossBenchmark.class,
      "256x1000",
      3 + Work.EXP,
      1,
      1),
  /** Reads x, writes dx: as the loss, and a factor. */
  CROSS_ENTROPY(
      "cross-entropy loss, gradient",
      "cross-entropy",
      CrossEntropyBenchmark.class,
      "256x1000",
      4 + Work.EXP,
      2,
      2),
  /** Reads x, writes y: sum; difference, square and sum; difference, factor, summand. */
  BATCH_NORM_FORWARD(
      "batch norm forward", "batch-norm", BatchNormForwardBenchmark.class, "256x1024", 7, 2, 2),
  /** Reads x, writes y: difference, factor, summand. */
  BATCH_NORM_INFERENCE(
      "batch norm inference", "batch-norm", BatchNormInferenceBenchmark.class, "256x1024", 3, 2, 2),
  /** Reads x and dy, writes dx: zhat; both sums; two differences, two factors. */
  BATCH_NORM_BACKWARD(
      "batch norm backward", "batch-norm", BatchNormBackwardBenchmark.class, "256x1024", 9, 3, 3),
  /** Reads x, writes y: sum; difference, square and sum; two factors, difference, summand. */
  LAYER_NORM("layer norm", "layer-norm", LayerNormBenchmark.class, "256x1024", 8, 2, 2),
  /** Reads x, writes y: square and sum; two factors. */
  RMS_NORM("RMS norm", "layer-norm", RmsNormBenchmark.class, "256x1024", 4, 2, 2),
  /** Reads x and dy, writes dx: statistics as forward; xhat, g; two sums; two more; four for dx. */
  LAYER_NORM_BACKWARD(
      "layer norm backward", "layer-norm", LayerNormBackwardBenchmark.class, "256x1024", 17, 3, 3),
  /** Reads x and dy, writes dx: square and sum; xhat, g; a sum; one more; three for dx. */
  RMS_NORM_BACKWARD(
      "RMS norm backward", "layer-norm", RmsNormBackwardBenchmark.class, "256x1024", 11, 3, 3),
  /** Reads x, writes y: a comparison. */
  RELU("relu", "activation", ReluBenchmark.class, "256x1024", 1, 2, 2),
  /** Reads x and dy, writes dx: a comparison. */
  RELU_BACKWARD("relu backward", "activation", ReluBackwardBenchmark.class, "256x1024", 1, 3, 3),
  /** Reads x, writes y: an exponential. */
  EXP("exp", "activation", ExpBenchmark.class, "1x4096", Work.EXP, 2, 2),
  /** Reads x, writes y: a logarithm. */
  LOG("log", "activation", LogBenchmark.class, "1x4096", Work.LOG, 2, 2),
  /** Reads x, writes y: exp of 2·x, a difference, a sum, a quotient. */
  TANH("tanh", "activation", TanhBenchmark.class, "1x4096", 3 + Work.EXP, 2, 2),
  /** Reads x, writes y: a square, exp, a polynomial of six multiply-adds, two products. */
  GELU("gelu", "activation", GeluBenchmark.class, "1x4096", 15 + Work.EXP, 2, 2),
  /** Reads x: a sum. */
  ROW_SUMS("row sums", "reduce", RowSumsBenchmark.class, "256x1000", 1, 1, 1),
  /** Reads x: a comparison. */
  ROW_MAXIMA("row maxima", "reduce", RowMaximaBenchmark.class, "256x1000", 1, 1, 1),
  /** Reads x: a sum. */
  COLUMN_SUMS("column sums", "reduce", ColumnSumsBenchmark.class, "256x1024", 1, 1, 1),
  /** Reads p and g, writes p: factor, difference. */
  GRADIENT_DESCENT(
      "gradient descent", "optimizer", GradientDescentBenchmark.class, "1x262144", 2, 3, 2),
  /** Reads p, g and two moments, writes p and the moments: 3 and 4 for these, 5 for p. */
  ADAM("adam", "optimizer", AdamBenchmark.class, "1x262144", 12, 7, 4),
  /** The products of a training step; everything else is left out. */
  TRAIN_STEP("training step", "training", TrainStepBenchmark.class, "64x64x128x128x10"),
  /** The products of all training steps of its trials. */
  STUDY("study", "training", StudyBenchmark.class, "16x1024x128");

  /** What the speed of an operation is counted in. */
  public enum Unit {
    /** Floating-point operations. */
    FLOP("GFLOP/s"),
    /** Bytes read plus written. */
    BYTE("GB/s");

    private final String perSecond;

    Unit(String perSecond) {
      this.perSecond = perSecond;
    }

    /**
     * The unit of a speed, 10^9 of this unit per second.
     *
     * @return {@code GFLOP/s} or {@code GB/s}
     */
    public String perSecond() {
      return perSecond;
    }
  }

  /** A full run transposes no matrix with an extent below this, to be the shorter. */
  private static final int LONG = 17;

  /** Of more shapes a full run takes these, to be the shorter. */
  private static final int FULL_SHAPES = 2;

  private final String title;
  private final String suite;
  private final Class<? extends OperationBenchmark> benchmark;
  private final String quickShape;
  private final int flops;
  private final int transfers;
  private final int arrays;

  /** Counted in the operations of its products. */
  Operation(
      String title, String suite, Class<? extends OperationBenchmark> benchmark, String shape) {
    this(title, suite, benchmark, shape, 0, 0, 0);
  }

  /** So many operations, transfers and arrays for each element. */
  Operation(
      String title,
      String suite,
      Class<? extends OperationBenchmark> benchmark,
      String quickShape,
      int flops,
      int transfers,
      int arrays) {
    this.title = title;
    this.suite = suite;
    this.benchmark = benchmark;
    this.quickShape = quickShape;
    this.flops = flops;
    this.transfers = transfers;
    this.arrays = arrays;
  }

  /**
   * The operation that a benchmark measures.
   *
   * @param benchmark the simple name of a JMH class
   * @return the operation; none for calibration and warm-up
   */
  public static Optional<Operation> of(String benchmark) {
    return Arrays.stream(values())
        .filter(operation -> operation.benchmark.getSimpleName().equals(benchmark))
        .findFirst();
  }

  /**
   * The operations that are single kernels, and not many of them together.
   *
   * @return all but a training step and a study
   */
  public static List<Operation> kernels() {
    return Arrays.stream(values())
        .filter(operation -> operation != TRAIN_STEP && operation != STUDY)
        .toList();
  }

  /**
   * The suites, in the order in which they run.
   *
   * @return their names
   */
  public static List<String> suites() {
    return Arrays.stream(values()).map(Operation::suite).distinct().toList();
  }

  /**
   * The name in tables and charts.
   *
   * @return for example {@code batch norm forward}
   */
  public String title() {
    return title;
  }

  /**
   * The suite that it belongs to.
   *
   * @return for example {@code batch-norm}
   */
  public String suite() {
    return suite;
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
   * The shape that a quick run measures.
   *
   * @return the shape
   */
  public Shape quickShape() {
    return parse(quickShape);
  }

  /**
   * The shapes that the benchmark's parameter has, the ones first that a full run measures.
   *
   * @return the shapes, in its order
   */
  public List<Shape> shapes() {
    try {
      Param shapes = benchmark.getField("shape").getAnnotation(Param.class);
      return Arrays.stream(shapes.value()).map(this::parse).toList();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(benchmark + " has no shape", e);
    }
  }

  /**
   * The shapes that a full run measures: all of a product, one of an activation and of what a quick
   * run leaves out, the first ones of others, of batch norm those of both layouts.
   *
   * @return the shapes
   */
  public List<Shape> fullShapes() {
    if (isProduct()) {
      return shapes();
    }
    if (suite.equals("activation") || !isQuick()) {
      return List.of(quickShape());
    }
    int count = suite.equals("batch-norm") ? FULL_SHAPES + 1 : FULL_SHAPES;
    return shapes().stream().limit(count).toList();
  }

  /**
   * Whether a quick run measures it, unless it is asked for: of operations that are much alike it
   * takes one.
   *
   * @return whether it does
   */
  public boolean isQuick() {
    return switch (this) {
      case GEMM_DOUBLE,
          LOG_SOFTMAX,
          CROSS_ENTROPY_LOSS,
          BATCH_NORM_INFERENCE,
          RMS_NORM,
          LAYER_NORM_BACKWARD,
          RMS_NORM_BACKWARD,
          LOG,
          TANH,
          GELU,
          RELU_BACKWARD,
          ROW_MAXIMA,
          COLUMN_SUMS ->
          false;
      default -> true;
    };
  }

  /**
   * The values of the benchmark's parameters beside the shape that a run measures unless it is told
   * others: row-major operands, and in a full run of products of no square, and of no short extent,
   * both transpositions.
   *
   * @param shape the shape
   * @param full whether of a full run
   * @return values by name
   */
  public Map<String, List<String>> parameters(Shape shape, boolean full) {
    if (!ProductBenchmark.class.isAssignableFrom(benchmark)) {
      return Map.of();
    }
    boolean transposed =
        full && !shape.isSquare() && shape.extents().stream().allMatch(extent -> extent >= LONG);
    return Map.of("layout", transposed ? List.of("NN", "NT", "TN") : List.of("NN"));
  }

  /**
   * Reads a shape of this operation.
   *
   * @param text for example {@code 256x1000}
   * @return the shape
   * @throws IllegalArgumentException if it has not the extents that the operation needs
   */
  public Shape parse(String text) {
    return switch (this) {
      case GEMM_BATCH -> Shape.parse(text, 4);
      case BATCH_NORM_FORWARD,
          BATCH_NORM_INFERENCE,
          BATCH_NORM_BACKWARD,
          LAYER_NORM,
          RMS_NORM,
          LAYER_NORM_BACKWARD,
          RMS_NORM_BACKWARD ->
          Shape.parse(text, 2, 3);
      case TRAIN_STEP -> Shape.parse(text, 3, 9);
      default -> Shape.parse(text, isProduct() ? 3 : 2);
    };
  }

  /**
   * The benchmark, ready to be prepared.
   *
   * @param shape the shape of its operands
   * @return a new one
   */
  public OperationBenchmark newBenchmark(Shape shape) {
    try {
      OperationBenchmark instance = benchmark.getConstructor().newInstance();
      benchmark.getField("shape").set(instance, shape.toString());
      return instance;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(benchmark + " has no public constructor and shape", e);
    }
  }

  /**
   * What its speed is counted in.
   *
   * @return floating-point operations for products, else bytes
   */
  public Unit unit() {
    return isProduct() ? Unit.FLOP : Unit.BYTE;
  }

  /**
   * The work of one call.
   *
   * @param shape the shape
   * @return its operations and bytes
   */
  public Work work(Shape shape) {
    return switch (this) {
      case GEMM -> Work.product(shape);
      case GEMM_DOUBLE -> Work.productOfDoubles(shape);
      case GEMM_BATCH -> Work.batch(shape);
      case GEMM_EPILOGUE -> Work.productWithEpilogue(shape);
      case TRAIN_STEP -> Work.trainStep(shape);
      case STUDY -> Work.study(shape);
      default -> Work.elements(shape, flops, transfers, arrays);
    };
  }

  /**
   * The work of one call in the operation's {@link #unit}.
   *
   * @param shape the shape
   * @return operations or bytes
   */
  public long units(Shape shape) {
    Work work = work(shape);
    return unit() == Unit.FLOP ? work.flops() : work.bytes();
  }

  /**
   * The implementations that its benchmark has: the benchmark methods.
   *
   * @return their names, in the order in which tables show them
   */
  public List<String> implementations() {
    return Arrays.stream(benchmark.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(Method::getName)
        .sorted(Comparator.comparing(Implementation::of).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private boolean isProduct() {
    return transfers == 0;
  }
}

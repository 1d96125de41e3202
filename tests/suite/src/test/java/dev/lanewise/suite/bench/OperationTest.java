package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.BandwidthBenchmark.Access;
import dev.lanewise.bench.jmh.Implementation;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.jmh.Work;
import dev.lanewise.bench.peer.Peer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {
  @ParameterizedTest
  @CsvSource({
    "GEMM,                 3x4x5, 120, 188, 188", // 60 multiply-adds; 12 + 20 + 15 floats
    "GEMM_BATCH,         2x3x4x5, 240, 376, 376", // twice as much
    "GEMM_EPILOGUE,        3x4x5, 150, 188, 188", // and a sum and a comparison for 15 elements
    "SOFTMAX,              3x5,   300, 120, 120", // x, y
    "SOFTMAX_BACKWARD,     3x5,    60, 180, 180", // y, dy, dx
    "CROSS_ENTROPY_LOSS,   3x5,   285,  60,  60", // x
    "CROSS_ENTROPY,        3x5,   300, 120, 120", // x, dx
    "BATCH_NORM_FORWARD,   3x5,   105, 120, 120", // x, y
    "BATCH_NORM_INFERENCE, 3x5,    45, 120, 120", // x, y
    "BATCH_NORM_BACKWARD,  3x5,   135, 180, 180", // x, dy, dx
    "BATCH_NORM_BACKWARD,  3x5x2, 270, 360, 360", // twice as much, channels first
    "LAYER_NORM,           3x5,   120, 120, 120", // x, y
    "LAYER_NORM,           2x3x5, 240, 240, 240", // six rows
    "RMS_NORM,             3x5,    60, 120, 120", // x, y
    "LAYER_NORM_BACKWARD,  3x5,   255, 180, 180", // x, dy, dx
    "RMS_NORM_BACKWARD,  2x3x5,   330, 360, 360", // six rows
    "RELU,                 3x5,    15, 120, 120", // x, y
    "RELU_BACKWARD,        3x5,    15, 180, 180", // x, dy, dx
    "LOG_SOFTMAX,          3x5,   300, 120, 120", // x, y
    "EXP,                  3x5,   240, 120, 120",
    "LOG,                  3x5,   270, 120, 120",
    "TANH,                 3x5,   285, 120, 120",
    "GELU,                 3x5,   465, 120, 120",
    "ROW_SUMS,             3x5,    15,  60,  60", // x
    "ROW_MAXIMA,           3x5,    15,  60,  60",
    "COLUMN_SUMS,          3x5,    15,  60,  60", // x
    "GRADIENT_DESCENT,     1x10,   20, 120,  80", // p, g read, p written
    "ADAM,                 1x10,  120, 280, 160", // p, g, two moments read; p, moments written
    "TRAIN_STEP,        2x3x4x5,  336, 1280, 512", // 2·(4·12 + 6·20) flop, 32 weights
    "STUDY,             2x70x3, 561120, 147840, 3696", // 8·70·(4·192 + 6·39) flop, 2 steps
  })
  void work(Operation operation, String shape, long flops, long bytes, long workingSet) {
    Work work = operation.work(operation.parse(shape));
    assertEquals(new Work(flops, bytes, workingSet), work);
    assertEquals((double) flops / bytes, work.intensity());
  }

  /** Twice the bytes, and vectors of half as many elements. */
  @Test
  void workOnDoubles() {
    assertEquals(
        new Work(120, 376, 376, 2),
        Operation.GEMM_DOUBLE.work(Operation.GEMM_DOUBLE.parse("3x4x5")));
  }

  @Test
  void speedIsCountedInOperationsOrBytes() {
    assertEquals(120, Operation.GEMM.units(Operation.GEMM.parse("3x4x5")));
    assertEquals(280, Operation.ADAM.units(Operation.ADAM.parse("1x10")));
  }

  @Test
  void shapesAreThoseOfTheBenchmark() {
    assertEquals(
        List.of("256x1000", "64x10", "64x32000", "256x100", "4096x1000"),
        Operation.SOFTMAX.shapes().stream().map(Shape::toString).toList());
    assertEquals(Operation.SOFTMAX.shapes().subList(0, 2), Operation.SOFTMAX.fullShapes());
    assertEquals(Operation.GEMM.shapes(), Operation.GEMM.fullShapes());
    assertEquals(
        List.of("256x1024", "64x256", "128x64x784"),
        Operation.BATCH_NORM_FORWARD.fullShapes().stream().map(Shape::toString).toList());
    assertEquals(
        List.of(Operation.RMS_NORM.quickShape()), Operation.RMS_NORM.fullShapes(), "a relative");
    for (Operation operation : Operation.values()) {
      assertTrue(operation.fullShapes().contains(operation.quickShape()), operation.title());
      assertEquals(operation, Operation.of(operation.benchmark().getSimpleName()).orElseThrow());
    }
    assertTrue(Operation.of("PeakBenchmark").isEmpty());
  }

  @Test
  void implementations() {
    assertEquals(List.of("naive", "scalar", "lanewise"), Operation.RELU.implementations());
    List<String> forward = Operation.BATCH_NORM_FORWARD.implementations();
    assertEquals(
        List.of("naive", "autovec", "scalar", "lanewise", "lanewiseParallel", "onednn", "copy"),
        forward);
    assertEquals(forward, Operation.LAYER_NORM.implementations());
    assertEquals(forward, Operation.LAYER_NORM_BACKWARD.implementations());
    assertEquals(
        List.of("naive", "autovec", "scalar", "lanewise", "lanewiseParallel", "copy"),
        Operation.RMS_NORM_BACKWARD.implementations());
    assertEquals(
        List.of("naive", "separate", "lanewise", "onednn", "openblas"),
        Operation.GEMM_EPILOGUE.implementations());
    List<String> product = Operation.GEMM.implementations();
    assertEquals(
        List.of("lanewise", "lanewiseParallel", "lanewisePacked", "ejml"), product.subList(3, 7));
  }

  @Test
  void whatAMethodMeasuresIsKnownByItsName() {
    for (Operation operation : Operation.values()) {
      for (String method : operation.implementations()) {
        Implementation known = Implementation.of(method);
        assertEquals(Peer.ofMethod(method).isPresent(), known == Implementation.PEER, method);
        assertEquals(known == Implementation.COPY, known.isYardstick(), method);
      }
    }
    for (Access access : Access.values()) {
      assertTrue(Implementation.of(access.method()).isYardstick(), access.method());
    }
  }

  @Test
  void shapeIsReadAndWritten() {
    Shape shape = Shape.parse("512x64x10", 3);
    assertEquals(new Shape(List.of(512, 64, 10)), shape);
    assertEquals(512 * 64 * 10, shape.size());
    assertEquals("512x64x10", shape.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5x", "5x0", "5x-1", "5x6x7", "5 x 6", "axb", "5x9999999999"})
  void whatIsNoShapeIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Shape.parse(text, 2));
  }

  /** What is normalised may have channels first, and rows in more than one extent. */
  @Test
  void normalisationsHaveTwoOrThreeExtents() {
    for (Operation operation : List.of(Operation.BATCH_NORM_FORWARD, Operation.RMS_NORM)) {
      assertEquals(new Shape(List.of(5, 7)), operation.parse("5x7"));
      assertEquals(new Shape(List.of(5, 7, 9)), operation.parse("5x7x9"));
      for (String none : List.of("5", "5x7x9x2")) {
        String message =
            assertThrows(IllegalArgumentException.class, () -> operation.parse(none)).getMessage();
        assertEquals(
            "shape is \"" + none + "\"; expected 2 to 3 extents such as 256x1000", message);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Operation.SOFTMAX.parse("5x7x9"));
  }
}

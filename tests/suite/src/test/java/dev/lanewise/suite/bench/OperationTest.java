package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.bench.demo.Operation;
import dev.lanewise.bench.jmh.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {
  @ParameterizedTest
  @CsvSource({
    "GEMM,                 3x4x5, 120", // 3·4·5 multiply-adds of 2 flop
    "SOFTMAX,              3x5,   120", // x, y: 2·15 floats of 4 bytes
    "SOFTMAX_BACKWARD,     3x5,   180", // y, dy, dx
    "CROSS_ENTROPY_LOSS,   3x5,    60", // x
    "CROSS_ENTROPY,        3x5,   120", // x, dx
    "BATCH_NORM_FORWARD,   3x5,   120", // x, y
    "BATCH_NORM_INFERENCE, 3x5,   120", // x, y
    "BATCH_NORM_BACKWARD,  3x5,   180", // x, dy, dx
    "RELU,                 3x5,   120", // x, y
    "RELU_BACKWARD,        3x5,   180", // x, dy, dx
    "COLUMN_SUMS,          3x5,    60", // x
    "GRADIENT_DESCENT,     1x10,  120", // p, g read, p written
    "ADAM,                 1x10,  280", // p, g and two moments read, p and the moments written
  })
  void work(Operation operation, String shape, long expected) {
    int dimensions = operation.unit() == Operation.Unit.FLOP ? 3 : 2;
    assertEquals(expected, operation.work(Shape.parse(shape, dimensions)));
  }

  @Test
  void implementations() {
    assertEquals(
        List.of("naive", "autovec", "scalar", "lanewise"),
        Operation.BATCH_NORM_FORWARD.implementations());
    assertEquals(List.of("naive", "scalar", "lanewise"), Operation.RELU.implementations());
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
}

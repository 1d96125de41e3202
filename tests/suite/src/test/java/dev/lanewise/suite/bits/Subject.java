package dev.lanewise.suite.bits;

import static dev.lanewise.suite.engine.Views.matrix;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.List;

/**
 * A call of an operation in three forms that must agree bit for bit: as users make it, by the
 * definitions that are its fall-back, and restated from its documentation.
 *
 * <p>All of them take the same operands as matrices; a span is the one row of its matrix.
 */
public record Subject(
    String name, List<Operand> operands, Action operation, Action definition, Action statement) {

  /** An operand and whether the operation writes it. */
  public record Operand(String name, int rows, int columns, boolean written) {}

  /** Runs on the operands. */
  @FunctionalInterface
  public interface Action {
    /** Runs on the operands. */
    void run(FloatMatrix[] x);
  }

  /** An operand that is read. */
  static Operand read(String name, int rows, int columns) {
    return new Operand(name, rows, columns, false);
  }

  /** An operand that is written. */
  static Operand written(String name, int rows, int columns) {
    return new Operand(name, rows, columns, true);
  }

  /** New operands; layouts are taken in turn. */
  public FloatMatrix[] create(List<Layout> layouts, Values values, Mix mix) {
    FloatMatrix[] matrices = new FloatMatrix[operands.size()];
    for (int i = 0; i < matrices.length; i++) {
      Operand operand = operands.get(i);
      Layout layout = layouts.get(i % layouts.size());
      layout = operand.written ? layout.distinct() : layout;
      matrices[i] = matrix(layout.operand(operand.rows, operand.columns, values, mix));
    }
    return matrices;
  }
}

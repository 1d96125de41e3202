package dev.lanewise.learn.graph;

import java.util.List;

/** A node that is computed from others. */
abstract class Operation extends Node {
  Operation(String name, Shape shape, Node... inputs) {
    super(name, shape, List.of(inputs));
  }

  /** The operation on the matrices of a run. */
  abstract Kernel bind(Binding binding);

  /** This operation with a ReLU of its result, at one go; null if there is no such form. */
  Operation rectified() {
    return null;
  }

  /** This operation with a row added to its result, at one go; null if there is no such form. */
  Operation fusedSum(Node bias) {
    return null;
  }

  /** Whether it has a gradient by an input; where not, that must not depend on variables. */
  boolean hasGradientBy(int input) {
    return true;
  }

  /** What does not fit, with the nodes and their shapes. */
  static IllegalArgumentException mismatch(String op, String rule, Node... nodes) {
    StringBuilder text = new StringBuilder(op).append(": ");
    for (int i = 0; i < nodes.length; i++) {
      text.append(i == 0 ? "" : i == nodes.length - 1 ? " and " : ", ");
      text.append(nodes[i]).append(" is ").append(nodes[i].shape());
    }
    return new IllegalArgumentException(text.append("; ").append(rule).toString());
  }

  /** A row with an element for each column of X. */
  static void requireRow(String op, Node x, Node row) {
    if (row.shape().rows() != 1 || row.shape().columns() != x.shape().columns()) {
      throw mismatch(op, "the second must be a row with as many columns as the first", x, row);
    }
  }
}

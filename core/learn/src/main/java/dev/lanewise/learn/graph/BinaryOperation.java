package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.learn.internal.Checks;

/** Sum, difference, product or quotient, element by element. */
final class BinaryOperation extends Operation {
  /** Which of them. */
  enum Kind {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY
  }

  private final Kind kind;

  BinaryOperation(Kind kind, Node a, Node b) {
    super(name(kind), shape(kind, a, b), a, b);
    this.kind = kind;
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case PLUS -> "plus";
      case MINUS -> "minus";
      case TIMES -> "times";
      case DIVIDED_BY -> "dividedBy";
    };
  }

  private static Shape shape(Kind kind, Node a, Node b) {
    Checks.notNull(name(kind), "other", b);
    int rows = common(a.shape().rows(), b.shape().rows());
    int columns = common(a.shape().columns(), b.shape().columns());
    if (rows == 0 || columns == 0) {
      throw mismatch(name(kind), "rows and columns must be equal or 1", a, b);
    }
    return new Shape(rows, columns);
  }

  private static int common(int a, int b) {
    return a == b || b == 1 ? a : a == 1 ? b : 0;
  }

  Kind kind() {
    return kind;
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix c = binding.output();
    FloatMatrix a = binding.input(0).broadcast(c.rows(), c.columns());
    FloatMatrix b = binding.input(1).broadcast(c.rows(), c.columns());
    FloatMatrix d = binding.gradient();
    Shrinking da = Shrinking.of(binding, 0);
    Shrinking db = Shrinking.of(binding, 1);
    FloatMatrix one = binding.number(1, c);
    FloatMatrix minusOne = binding.number(-1, c);
    return new Kernel() {
      @Override
      public void forward() {
        switch (kind) {
          case PLUS -> Arithmetic.add(a, b, c, binding.workers());
          case MINUS -> Arithmetic.subtract(a, b, c, binding.workers());
          case TIMES -> Arithmetic.multiply(a, b, c, binding.workers());
          case DIVIDED_BY -> Arithmetic.divide(a, b, c, binding.workers());
        }
      }

      @Override
      public void backward() {
        if (da != null) {
          switch (kind) {
            case PLUS, MINUS -> Arithmetic.multiply(d, one, da.wide(), binding.workers());
            case TIMES -> Arithmetic.multiply(d, b, da.wide(), binding.workers());
            case DIVIDED_BY -> Arithmetic.divide(d, b, da.wide(), binding.workers());
          }
          da.shrink();
        }
        if (db != null) {
          switch (kind) {
            case PLUS -> Arithmetic.multiply(d, one, db.wide(), binding.workers());
            case MINUS -> Arithmetic.multiply(d, minusOne, db.wide(), binding.workers());
            case TIMES -> Arithmetic.multiply(d, a, db.wide(), binding.workers());
            case DIVIDED_BY -> quotient(db.wide());
          }
          db.shrink();
        }
      }

      /** -d·(a / b) / b. */
      private void quotient(FloatMatrix db) {
        Arithmetic.multiply(d, c, db, binding.workers());
        Arithmetic.divide(db, b, db, binding.workers());
        Arithmetic.multiply(db, minusOne, db, binding.workers());
      }
    };
  }
}

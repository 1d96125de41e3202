package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.learn.internal.Checks;

/** C = A·B; dA = D·Bᵀ, dB = Aᵀ·D. */
final class MatmulOperation extends Operation {
  MatmulOperation(Node a, Node b) {
    super("matmul", shape(a, b), a, b);
  }

  static Shape shape(Node a, Node b) {
    Checks.notNull("matmul", "other", b);
    if (a.shape().columns() != b.shape().rows()) {
      throw mismatch("matmul", "the first's columns must equal the second's rows", a, b);
    }
    return new Shape(a.shape().rows(), b.shape().columns());
  }

  @Override
  Operation rectified() {
    return new DenseOperation(inputs().get(0), inputs().get(1), null, true);
  }

  @Override
  Operation fusedSum(Node bias) {
    boolean row = bias.shape().rows() == 1 && bias.shape().columns() == shape().columns();
    return row ? new DenseOperation(inputs().get(0), inputs().get(1), bias, false) : null;
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix a = binding.input(0);
    FloatMatrix b = binding.input(1);
    FloatMatrix c = binding.output();
    Product product = new Product(a, b, binding);
    return new Kernel() {
      @Override
      public void forward() {
        Gemm.gemm(1, a, b, 0, c, binding.workers());
      }

      @Override
      public void backward() {
        product.backward();
      }
    };
  }

  /** The backward pass of a product. */
  static final class Product {
    private final FloatMatrix at;
    private final FloatMatrix bt;
    private final FloatMatrix d;
    private final FloatMatrix da;
    private final FloatMatrix db;
    private final Binding binding;

    Product(FloatMatrix a, FloatMatrix b, Binding binding) {
      at = a.transpose();
      bt = b.transpose();
      d = binding.gradient();
      da = binding.inputGradient(0);
      db = binding.inputGradient(1);
      this.binding = binding;
    }

    void backward() {
      if (da != null) {
        Gemm.gemm(1, d, bt, 0, da, binding.workers());
      }
      if (db != null) {
        Gemm.gemm(1, at, d, 0, db, binding.workers());
      }
    }
  }
}

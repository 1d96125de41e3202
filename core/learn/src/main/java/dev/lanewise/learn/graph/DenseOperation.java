package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Reduction;
import java.util.Arrays;
import java.util.Objects;

/** A product with a bias, a ReLU or both in one pass; sessions put it in the place of these. */
final class DenseOperation extends Operation {
  private final Node bias;
  private final boolean rectified;

  DenseOperation(Node x, Node w, Node bias, boolean rectified) {
    super(
        "dense",
        MatmulOperation.shape(x, w),
        Arrays.stream(new Node[] {x, w, bias}).filter(Objects::nonNull).toArray(Node[]::new));
    this.bias = bias;
    this.rectified = rectified;
  }

  @Override
  Operation rectified() {
    return rectified ? null : new DenseOperation(inputs().get(0), inputs().get(1), bias, true);
  }

  private Epilogue epilogue(Binding binding) {
    if (bias == null) {
      return Epilogue.relu();
    }
    FloatSpan values = binding.input(2).row(0);
    return rectified ? Epilogue.biasRelu(values) : Epilogue.bias(values);
  }

  @Override
  Kernel bind(Binding binding) {
    FloatMatrix x = binding.input(0);
    FloatMatrix w = binding.input(1);
    FloatMatrix y = binding.output();
    FloatMatrix d = binding.gradient();
    FloatMatrix biasGradient = bias == null ? null : binding.inputGradient(2);
    FloatSpan dbias = biasGradient == null ? null : biasGradient.row(0);
    Epilogue epilogue = epilogue(binding);
    MatmulOperation.Product product = new MatmulOperation.Product(x, w, binding);
    return new Kernel() {
      @Override
      public void forward() {
        Gemm.gemm(1, x, w, 0, y, epilogue, binding.workers());
      }

      /** ReLU's derivative is 0 where its result is not above 0, so that the result tells it. */
      @Override
      public void backward() {
        if (rectified) {
          Activation.RELU.backward(y, d, d, binding.workers());
        }
        if (dbias != null) {
          Reduce.columns(Reduction.SUM, d, dbias, binding.workers());
        }
        product.backward();
      }
    };
  }
}

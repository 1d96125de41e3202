package dev.lanewise.suite.bits;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.internal.FloatEpilogue;

/** What follows a product: fused with it, as its definition takes it, and one by one. */
enum Step {
  NONE(false, false),
  BIAS(true, false),
  RELU(false, true),
  BIAS_RELU(true, true);

  private final boolean biased;
  private final boolean rectified;

  Step(boolean biased, boolean rectified) {
    this.biased = biased;
    this.rectified = rectified;
  }

  /** The epilogue of a fused product; none for {@link #NONE}. */
  Epilogue epilogue(FloatSpan bias) {
    return switch (this) {
      case NONE -> null;
      case BIAS -> Epilogue.bias(bias);
      case RELU -> Epilogue.relu();
      case BIAS_RELU -> Epilogue.biasRelu(bias);
    };
  }

  /** The same for the leaves. */
  FloatEpilogue leaf(FloatSpan bias) {
    return biased
        ? new FloatEpilogue(bias.array(), bias.offset(), 0, bias.stride(), rectified)
        : rectified ? new FloatEpilogue(null, 0, 0, 0, true) : null;
  }

  /** The steps after the product, one by one. */
  void apply(FloatSpan bias, FloatMatrix c) {
    for (int i = 0; biased && i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        c.set(i, j, c.get(i, j) + bias.get(j));
      }
    }
    if (rectified) {
      Activation.RELU.forward(c, c);
    }
  }
}

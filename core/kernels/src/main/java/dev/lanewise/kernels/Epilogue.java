package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.FloatEpilogue;

/**
 * What a product does to each element of C once its sum is complete, while the element is still in
 * the nearest cache: adds a bias and rectifies. The bits are those of the separate operations run
 * after the product.
 *
 * <p>An epilogue is built once. It holds a view of the bias, whose elements are read anew by each
 * product, and may be shared by any number of threads.
 */
public final class Epilogue {
  private static final String NAME = "Epilogue";

  private final FloatSpan bias;
  private final FloatEpilogue leaf;

  private Epilogue(FloatSpan bias, boolean rectified) {
    this.bias = bias;
    leaf =
        bias == null
            ? new FloatEpilogue(null, 0, 0, 0, rectified)
            : new FloatEpilogue(bias.array(), bias.offset(), 0, bias.stride(), rectified);
  }

  /**
   * c ← c + bias[j] for each element of column j.
   *
   * @param bias an element for each column of C
   * @return the epilogue
   * @throws NullPointerException if the bias is null
   */
  public static Epilogue bias(FloatSpan bias) {
    return new Epilogue(Checks.notNull(NAME, "bias", bias), false);
  }

  /**
   * c ← c + bias[j], then c ← c &lt; 0 ? 0 : c as {@link Activation#RELU}.
   *
   * @param bias an element for each column of C
   * @return the epilogue
   * @throws NullPointerException if the bias is null
   */
  public static Epilogue biasRelu(FloatSpan bias) {
    return new Epilogue(Checks.notNull(NAME, "bias", bias), true);
  }

  /**
   * c ← c &lt; 0 ? 0 : c as {@link Activation#RELU}.
   *
   * @return the epilogue
   */
  public static Epilogue relu() {
    return new Epilogue(null, true);
  }

  /** The bias, or null. */
  FloatSpan bias() {
    return bias;
  }

  FloatEpilogue leaf() {
    return leaf;
  }

  /**
   * The steps in one line, for messages.
   *
   * @return for example {@code bias 5 (stride 1; offset 0), relu}
   */
  @Override
  public String toString() {
    if (bias == null) {
      return "relu";
    }
    return "bias " + bias + (leaf.rectified ? ", relu" : "");
  }
}

package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;

/**
 * Layer normalisation, or RMS normalisation, which has neither beta nor its gradient, by its
 * definitions or as its documentation has it. Spans are the one row of their matrix.
 */
interface LayerForm {
  /** Y; of RMS normalisation if beta is null. */
  void forward(FloatMatrix x, FloatMatrix gamma, FloatMatrix beta, FloatMatrix y);

  /** The gradients; of RMS normalisation if dbeta is null. */
  void backward(
      FloatMatrix x,
      FloatMatrix dy,
      FloatMatrix gamma,
      FloatMatrix dx,
      FloatMatrix dgamma,
      FloatMatrix dbeta);
}

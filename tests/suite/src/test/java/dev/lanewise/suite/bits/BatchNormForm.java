package dev.lanewise.suite.bits;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.FloatMatrix;

/** Batch normalisation by its definitions or as its documentation has it. */
interface BatchNormForm {
  /** What a batch norm is built from; spans are the one row of their matrix. */
  record Setting(FloatMatrix gamma, FloatMatrix beta, double eps, boolean relu) {
    /** The batch norm itself. */
    BatchNorm norm() {
      BatchNorm norm = new BatchNorm(gamma.row(0), beta.row(0), eps);
      return relu ? norm.relu() : norm;
    }
  }

  /** The results of a backward pass; spans are the one row of their matrix. */
  record Gradients(FloatMatrix dx, FloatMatrix dgamma, FloatMatrix dbeta) {}

  /** Mean and variance of each feature. */
  Moments moments(FloatMatrix x);

  /** Y by given statistics. */
  void normalise(Setting setting, FloatMatrix x, Moments s, FloatMatrix y);

  /** The backward pass, with statistics of X or ones that are constants. */
  void backward(
      Setting setting, boolean constant, FloatMatrix x, FloatMatrix dy, Moments s, Gradients to);
}

package dev.lanewise.learn.graph;

/** An operation on the matrices of a run, forward and backward. */
interface Kernel {
  /** Computes the output from the inputs. */
  void forward();

  /** Computes the gradients of the inputs, as far as wanted, from that of the output. */
  void backward();

  /** In a training step, after all of it: what is kept for inference. */
  default void keep() {}
}

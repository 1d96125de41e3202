/**
 * SIMD kernels for neural networks in pure Java, with the same bits on every machine.
 *
 * <p>The public face is {@link dev.lanewise.kernels}. The Vector API is optional at run time:
 * without {@code --add-modules jdk.incubator.vector} the same results come from scalar code, more
 * slowly.
 */
module dev.lanewise.kernels {
  requires static jdk.incubator.vector;

  exports dev.lanewise.kernels;
}

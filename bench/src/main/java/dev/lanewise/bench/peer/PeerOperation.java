package dev.lanewise.bench.peer;

import java.util.Optional;

/**
 * An operation of a peer on operands that are laid out as suits it best. The operands are copied
 * when it is made, as far as the peer needs copies of its own.
 *
 * <p>A native library runs on the number of threads that the first operation in a JVM asked for: 1,
 * or for a method whose name ends in {@code Parallel} that of {@code -Dlanewise.bench.threads}, by
 * default all processors. So each method needs a JVM of its own, such as a JMH fork. What an
 * operation holds lives as long as that JVM.
 */
public interface PeerOperation {
  /** What a fork needs that calls native libraries, or the JVM prints a warning. */
  String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** The operation of a method that belongs to no peer. */
  PeerOperation NONE =
      () -> {
        throw new IllegalStateException("no peer is measured");
      };

  /** Computes once; this is what is measured. */
  void run();

  /** Writes the last results to the arrays that were given for them, unless they are there. */
  default void fetch() {}

  /**
   * C ← A·B.
   *
   * @param method the benchmark method
   * @param m rows of A and C
   * @param k columns of A, rows of B
   * @param n columns of B and C
   * @param a A, row by row
   * @param b B, row by row
   * @param c C, row by row; written by {@link #fetch}
   * @param transposedA whether a native library gets A column by column
   * @param transposedB whether a native library gets B column by column
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation gemm(
      String method,
      int m,
      int k,
      int n,
      float[] a,
      float[] b,
      float[] c,
      boolean transposedA,
      boolean transposedB) {
    Optional<Peer> peer = prepare(method);
    if (peer.isEmpty()) {
      return NONE;
    }
    return switch (peer.get()) {
      case OPENBLAS -> new OpenBlasGemm(m, k, n, a, b, c, transposedA, transposedB);
      case MKL -> new MklGemm(m, k, n, a, b, c, transposedA, transposedB);
      case ONEDNN -> new OneDnnGemm(m, k, n, a, b, c, transposedA, transposedB);
      case VECTORBLAS -> new VectorBlasGemm(m, k, n, a, b, c);
      case EJML -> new EjmlGemm(m, k, n, a, b, c);
      case OJALGO -> new OjAlgoGemm(m, k, n, a, b, c);
      case SVML -> throw hasNone(method, "product");
    };
  }

  /**
   * C ← A·B in double.
   *
   * @param method the benchmark method
   * @param m rows of A and C
   * @param k columns of A, rows of B
   * @param n columns of B and C
   * @param a A, row by row
   * @param b B, row by row
   * @param c C, row by row; written by {@link #fetch}
   * @param transposedA whether a native library gets A column by column
   * @param transposedB whether a native library gets B column by column
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation gemm(
      String method,
      int m,
      int k,
      int n,
      double[] a,
      double[] b,
      double[] c,
      boolean transposedA,
      boolean transposedB) {
    Optional<Peer> peer = prepare(method);
    if (peer.isEmpty()) {
      return NONE;
    }
    return switch (peer.get()) {
      case OPENBLAS -> new OpenBlasDoubleGemm(m, k, n, a, b, c, transposedA, transposedB);
      case MKL -> new MklDoubleGemm(m, k, n, a, b, c, transposedA, transposedB);
      case VECTORBLAS -> new VectorBlasDoubleGemm(m, k, n, a, b, c);
      case EJML -> new EjmlDoubleGemm(m, k, n, a, b, c);
      default -> throw hasNone(method, "product of doubles");
    };
  }

  /**
   * C ← A·B for many equal matrices, each row by row and one behind the other.
   *
   * @param method the benchmark method
   * @param size the number of products
   * @param m rows of A and C
   * @param k columns of A, rows of B
   * @param n columns of B and C
   * @param a the matrices A
   * @param b the matrices B
   * @param c the matrices C; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation gemmBatch(
      String method, int size, int m, int k, int n, float[] a, float[] b, float[] c) {
    Optional<Peer> peer = prepare(method);
    if (peer.isEmpty()) {
      return NONE;
    }
    return switch (peer.get()) {
      case OPENBLAS -> new OpenBlasGemmBatch(size, m, k, n, a, b, c);
      case MKL -> new MklGemmBatch(size, m, k, n, a, b, c);
      default -> throw hasNone(method, "batch of products");
    };
  }

  /**
   * C ← max(A·B + bias, 0), the bias added to every row.
   *
   * @param method the benchmark method
   * @param m rows of A and C
   * @param k columns of A, rows of B
   * @param n columns of B and C, elements of the bias
   * @param a A, row by row
   * @param b B, row by row
   * @param bias the bias
   * @param c C, row by row; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation biasRelu(
      String method, int m, int k, int n, float[] a, float[] b, float[] bias, float[] c) {
    Optional<Peer> peer = prepare(method);
    if (peer.isEmpty()) {
      return NONE;
    }
    return switch (peer.get()) {
      case OPENBLAS -> new OpenBlasBiasRelu(m, k, n, a, b, bias, c);
      case ONEDNN -> OneDnn.biasRelu(m, k, n, a, b, bias, c);
      default -> throw hasNone(method, "product with bias and ReLU");
    };
  }

  /**
   * Softmax of every row.
   *
   * @param method the benchmark method
   * @param m rows
   * @param n columns
   * @param x the logits
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation softmax(String method, int m, int n, float[] x, float[] y) {
    Optional<Peer> peer = prepare(method);
    if (peer.isEmpty()) {
      return NONE;
    }
    return switch (peer.get()) {
      case ONEDNN -> OneDnn.softmax(m, n, x, y);
      case SVML -> new SvmlSoftmax(m, n, x, y);
      default -> throw hasNone(method, "softmax");
    };
  }

  /**
   * The exponential of every element.
   *
   * @param method the benchmark method
   * @param x the arguments
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation exp(String method, float[] x, float[] y) {
    return hasFunction(method) ? () -> SvmlElementwise.exp(x, y) : NONE;
  }

  /**
   * The natural logarithm of every element.
   *
   * @param method the benchmark method
   * @param x the arguments
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation log(String method, float[] x, float[] y) {
    return hasFunction(method) ? () -> SvmlElementwise.log(x, y) : NONE;
  }

  /**
   * The hyperbolic tangent of every element.
   *
   * @param method the benchmark method
   * @param x the arguments
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation tanh(String method, float[] x, float[] y) {
    return hasFunction(method) ? () -> SvmlElementwise.tanh(x, y) : NONE;
  }

  private static boolean hasFunction(String method) {
    Optional<Peer> peer = prepare(method);
    if (peer.isPresent() && peer.get() != Peer.SVML) {
      throw hasNone(method, "function of each element");
    }
    return peer.isPresent();
  }

  /**
   * Batch normalisation with the batch's own statistics.
   *
   * @param method the benchmark method
   * @param layout how the batch lies in its array
   * @param x the batch
   * @param gamma the scale
   * @param beta the shift
   * @param eps what is added to the variance
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation batchNormForward(
      String method,
      SampleLayout layout,
      float[] x,
      float[] gamma,
      float[] beta,
      float eps,
      float[] y) {
    return hasNormalisation(method)
        ? OneDnn.batchNormForward(layout, x, gamma, beta, eps, y)
        : NONE;
  }

  /**
   * Batch normalisation with given statistics.
   *
   * @param method the benchmark method
   * @param layout how the batch lies in its array
   * @param x the batch
   * @param gamma the scale
   * @param beta the shift
   * @param mean the means
   * @param variance the variances
   * @param eps what is added to the variance
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation batchNormInference(
      String method,
      SampleLayout layout,
      float[] x,
      float[] gamma,
      float[] beta,
      float[] mean,
      float[] variance,
      float eps,
      float[] y) {
    return hasNormalisation(method)
        ? OneDnn.batchNormInference(layout, x, gamma, beta, mean, variance, eps, y)
        : NONE;
  }

  /**
   * The backward pass of {@link #batchNormForward}, whose statistics it has.
   *
   * @param method the benchmark method
   * @param layout how the batch lies in its array
   * @param x the batch
   * @param dy the gradient of the result
   * @param gamma the scale
   * @param eps what is added to the variance
   * @param dx the gradient of the batch; written by {@link #fetch}, as the next two
   * @param dgamma the gradient of the scale
   * @param dbeta the gradient of the shift
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation batchNormBackward(
      String method,
      SampleLayout layout,
      float[] x,
      float[] dy,
      float[] gamma,
      float eps,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    return hasNormalisation(method)
        ? OneDnn.batchNormBackward(layout, x, dy, gamma, eps, dx, dgamma, dbeta)
        : NONE;
  }

  /**
   * Layer normalisation of every row.
   *
   * @param method the benchmark method
   * @param m rows
   * @param n columns
   * @param x the input
   * @param gamma the scale of each column
   * @param beta the shift of each column
   * @param eps what is added to the variance
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation layerNorm(
      String method, int m, int n, float[] x, float[] gamma, float[] beta, float eps, float[] y) {
    return hasNormalisation(method) ? OneDnn.layerNorm(m, n, x, gamma, beta, eps, y) : NONE;
  }

  /**
   * RMS normalisation of every row.
   *
   * @param method the benchmark method
   * @param m rows
   * @param n columns
   * @param x the input
   * @param gamma the scale of each column
   * @param eps what is added to the mean square
   * @param y the result; written by {@link #fetch}
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation rmsNorm(
      String method, int m, int n, float[] x, float[] gamma, float eps, float[] y) {
    return hasNormalisation(method) ? OneDnn.rmsNorm(m, n, x, gamma, eps, y) : NONE;
  }

  /**
   * The backward pass of layer normalisation of every row.
   *
   * @param method the benchmark method
   * @param m rows
   * @param n columns
   * @param x the input
   * @param dy the gradient by the result
   * @param gamma the scale of each column
   * @param eps what is added to the variance
   * @param dx the gradient by the input; written by {@link #fetch}, as are the others
   * @param dgamma the gradient by gamma
   * @param dbeta the gradient by beta
   * @return the operation, or {@link #NONE} if the method belongs to no peer
   * @throws IllegalStateException if the peer is absent or runs on other threads already
   */
  static PeerOperation layerNormBackward(
      String method,
      int m,
      int n,
      float[] x,
      float[] dy,
      float[] gamma,
      float eps,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    return hasNormalisation(method)
        ? OneDnn.layerNormBackward(m, n, x, dy, gamma, eps, dx, dgamma, dbeta)
        : NONE;
  }

  private static boolean hasNormalisation(String method) {
    Optional<Peer> peer = prepare(method);
    if (peer.isPresent() && peer.get() != Peer.ONEDNN) {
      throw hasNone(method, "normalisation");
    }
    return peer.isPresent();
  }

  /** The peer of a method, present and with its threads fixed. */
  private static Optional<Peer> prepare(String method) {
    Optional<Peer> peer = Peer.ofMethod(method);
    peer.ifPresent(Peer::require);
    peer.ifPresent(any -> NativeEnvironment.fix(Threads.of(method)));
    return peer;
  }

  private static IllegalArgumentException hasNone(String method, String operation) {
    return new IllegalArgumentException(method + " has no " + operation);
  }
}

package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;

/**
 * What products of floats and of doubles have in common: their parameters, and the peers that have
 * both.
 *
 * <p>Peers hold the operands in the memory and the layout that suit them best.
 */
public abstract class ProductBenchmark extends OperationBenchmark {
  /** How A and B lie for kernel, definition, naive loops and native peers: N row by row, T not. */
  @Param({"NN", "NT", "TN"})
  public String layout = "NN";

  int m;
  int k;
  int n;
  boolean transposedA;
  boolean transposedB;
  PeerOperation peer;

  /** For subclasses. */
  protected ProductBenchmark() {}

  final void read(String shape, String method) {
    Shape extents = Shape.parse(shape, 3);
    m = extents.extent(0);
    k = extents.extent(1);
    n = extents.extent(2);
    transposedA = layout.charAt(0) == 'T';
    transposedB = layout.charAt(1) == 'T';
    openWorkers(method);
  }

  /** OpenBLAS on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void openblas() {
    peer.run();
  }

  /** OpenBLAS on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void openblasParallel() {
    peer.run();
  }

  /** MKL on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void mkl() {
    peer.run();
  }

  /** MKL on {@code -Dlanewise.bench.threads}. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void mklParallel() {
    peer.run();
  }

  /** VectorBLAS of netlib, which has one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void vectorblas() {
    peer.run();
  }

  /** EJML on one thread. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void ejml() {
    peer.run();
  }
}

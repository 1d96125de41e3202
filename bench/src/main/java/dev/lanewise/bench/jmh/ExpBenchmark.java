package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * e^x of normal deviates with a standard deviation of 3.
 *
 * <p>What would fool it: arguments whose results overflow or are subnormal, which some processors
 * compute slowly and libraries on a path of their own.
 *
 * <p>No {@code autovec}: C2 in JDK 25 vectorises no loop of {@code Math.exp}.
 */
public class ExpBenchmark extends ElementwiseBenchmark {
  /** Of {@link Activation#EXP}. */
  public ExpBenchmark() {
    super(Activation.EXP, ActivationOracle.EXP);
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.exp(method, x, y);
  }

  /** The Vector API's own exponential. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void svml() {
    peer.run();
  }

  /** One loop of {@code Math.exp}. */
  @Benchmark
  public void naive() {
    naive(x, y);
  }

  private static void naive(float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) Math.exp(x[i]);
    }
  }
}

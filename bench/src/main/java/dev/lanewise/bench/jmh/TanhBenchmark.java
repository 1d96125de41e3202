package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * The hyperbolic tangent of normal deviates with a standard deviation of 3.
 *
 * <p>What would fool it: arguments that are all small or all saturated, for which code with a
 * branch takes the short one and predicts it.
 *
 * <p>No {@code autovec}: C2 in JDK 25 vectorises no loop of {@code Math.tanh}.
 */
public class TanhBenchmark extends ElementwiseBenchmark {
  /** Of {@link Activation#TANH}. */
  public TanhBenchmark() {
    super(Activation.TANH, ActivationOracle.TANH);
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.tanh(method, x, y);
  }

  /** The Vector API's own hyperbolic tangent. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void svml() {
    peer.run();
  }

  /** One loop of {@code Math.tanh}. */
  @Benchmark
  public void naive() {
    naive(x, y);
  }

  private static void naive(float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) Math.tanh(x[i]);
    }
  }
}

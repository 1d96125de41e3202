package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.PeerOperation;
import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.oracle.ActivationOracle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/**
 * The natural logarithm of e^z, z being normal deviates with a standard deviation of 3.
 *
 * <p>What would fool it: arguments of one binade, for which a branch on the exponent is always
 * predicted; and subnormal or negative ones, which libraries compute on a path of their own.
 *
 * <p>No {@code autovec}: C2 in JDK 25 vectorises no loop of {@code Math.log}.
 */
public class LogBenchmark extends ElementwiseBenchmark {
  /** Of {@link Activation#LOG}. */
  public LogBenchmark() {
    super(Activation.LOG, ActivationOracle.LOG);
  }

  /** e^z, so that both signs of the result are as frequent. */
  @Override
  float[] arguments(int length) {
    float[] values = super.arguments(length);
    for (int i = 0; i < length; i++) {
      values[i] = (float) Math.exp(values[i]);
    }
    return values;
  }

  @Override
  PeerOperation peer(String method) {
    return PeerOperation.log(method, x, y);
  }

  /** The Vector API's own logarithm. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsPrepend = {VECTOR_MODULE, PeerOperation.NATIVE_ACCESS})
  public void svml() {
    peer.run();
  }

  /** One loop of {@code Math.log}. */
  @Benchmark
  public void naive() {
    naive(x, y);
  }

  private static void naive(float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) Math.log(x[i]);
    }
  }
}

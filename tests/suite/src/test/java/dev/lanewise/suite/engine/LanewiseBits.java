package dev.lanewise.suite.engine;

import static dev.lanewise.suite.engine.Views.matrix;
import static dev.lanewise.suite.engine.Views.span;

import dev.lanewise.kernels.BatchNorm;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.LayerNorm;
import dev.lanewise.kernels.RmsNorm;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.law.BitsEngine;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Adapters of row-wise operations of Lanewise for the laws of bit reproducibility. */
public abstract class LanewiseBits implements BitsEngine {
  private static final long SEED = 20;

  /** Of 1 to 7 threads, kept to the end: to open them takes longer than most of the calls. */
  private static final List<Workers> WORKERS =
      IntStream.rangeClosed(1, 7).mapToObj(Workers::of).toList();

  private static Workers workers(int threads) {
    return WORKERS.get(threads - 1);
  }

  @Override
  public Set<Capability> capabilities() {
    return Capability.everyLayoutAnd(
        Capability.EMPTY,
        Capability.NON_FINITE,
        Capability.SUBNORMALS,
        Capability.THREADS,
        Capability.BATCHES,
        Capability.LAYOUTS,
        Capability.CONCURRENT_CALLS);
  }

  /** Softmax of each row. */
  public static class OfSoftmax extends LanewiseBits {
    @Override
    public void apply(Operand x, Operand y, int threads) {
      Softmax.forward(matrix(x), matrix(y), 1f, workers(threads));
    }
  }

  /** The product of each row with one matrix. */
  public static class OfGemm extends LanewiseBits {
    private static final int COLUMNS = 40;

    /** B of the latest shape, which is drawn again for every new one. */
    private record Factor(int k, int n, Operand b) {}

    private volatile Factor latest = new Factor(0, 0, Layout.DENSE.operand(0, 0));

    @Override
    public int outputColumns(int inputColumns) {
      return inputColumns > 2 * COLUMNS ? 1 + inputColumns % 3 : 1 + inputColumns % COLUMNS;
    }

    @Override
    public void apply(Operand x, Operand y, int threads) {
      Factor factor = latest;
      if (factor.k != x.columns() || factor.n != y.columns()) {
        factor = factor(x.columns(), y.columns());
        latest = factor;
      }
      Gemm.gemm(1, matrix(x), matrix(factor.b), 0, matrix(y), workers(threads));
    }

    private static Factor factor(int k, int n) {
      return new Factor(k, n, Layout.DENSE.operand(k, n, Values.ORDINARY, new Mix(SEED)));
    }
  }

  /** Batch normalisation with fixed statistics. */
  public static class OfInference extends LanewiseBits {
    @Override
    public void apply(Operand x, Operand y, int threads) {
      Mix mix = new Mix(SEED);
      int n = x.columns();
      Operand gamma = Layout.DENSE.operand(1, n, Values.ORDINARY, mix);
      Operand beta = Layout.DENSE.operand(1, n, Values.ORDINARY, mix);
      Operand mean = Layout.DENSE.operand(1, n, Values.ORDINARY, mix);
      Operand variance = Layout.DENSE.operand(1, n);
      for (int j = 0; j < n; j++) {
        variance.set(0, j, 1 + mix.unit());
      }
      new BatchNorm(span(gamma), span(beta), 1e-5f)
          .inference(matrix(x), span(mean), span(variance), matrix(y), workers(threads));
    }
  }

  /** Layer normalisation of each row. */
  public static class OfLayerNorm extends LanewiseBits {
    @Override
    public void apply(Operand x, Operand y, int threads) {
      Mix mix = new Mix(SEED);
      Operand gamma = Layout.DENSE.operand(1, x.columns(), Values.ORDINARY, mix);
      Operand beta = Layout.DENSE.operand(1, x.columns(), Values.ORDINARY, mix);
      new LayerNorm(span(gamma), span(beta), 1e-5).forward(matrix(x), matrix(y), workers(threads));
    }
  }

  /** RMS normalisation of each row. */
  public static class OfRmsNorm extends LanewiseBits {
    @Override
    public void apply(Operand x, Operand y, int threads) {
      Operand gamma = Layout.DENSE.operand(1, x.columns(), Values.ORDINARY, new Mix(SEED));
      new RmsNorm(span(gamma), 1e-6).forward(matrix(x), matrix(y), workers(threads));
    }
  }
}

package dev.lanewise.bench.doctor;

import dev.lanewise.bench.doctor.KernelFigure.Verdict;
import dev.lanewise.bench.jmh.MultiplyAdds;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.OperationBenchmark;
import dev.lanewise.bench.jmh.Work;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The multiply-add peak and every kernel for a moment.
 *
 * @param peak GFLOP/s of the vectors that Lanewise uses, on one thread; 0 if not measured, because
 *     scalar code runs
 * @param lowestPeak GFLOP/s that any hardware reaches with these vectors, or 0; shares are of this
 *     where the measured peak is lower
 * @param noise how many times as long the median call took when the peak was measured
 * @param kernels every operation
 */
public record Checkup(double peak, double lowestPeak, double noise, List<KernelFigure> kernels) {
  private static final String METHOD = "lanewise";
  private static final Set<Verdict> SUSPECT = EnumSet.of(Verdict.SLOW, Verdict.EMULATED);
  private static final long PEAK_NANOS = 2_000_000_000L;
  private static final long LONGEST_NANOS = 2_500_000_000L;
  private static final long SHORTEST_NANOS = 500_000_000L;

  /** For all kernels together. */
  private static final long BUDGET_NANOS = 24_000_000_000L;

  /**
   * No hardware is slower: half a multiply-add per nanosecond, as at 1 GHz with half of the time
   * taken by others. Emulated ones reach 3 GFLOP/s at 512 bits (Zen 4, -XX:-EnableVectorSupport).
   */
  private static final double MULTIPLY_ADDS_PER_NANO = 0.5;

  private static float sink;

  /** Copies its argument. */
  public Checkup {
    kernels = List.copyOf(kernels);
  }

  /**
   * Measures.
   *
   * @param bits the width of vector code, or 0 for scalar code
   * @param progress is told what is measured next
   * @return the figures
   */
  static Checkup measure(int bits, Consumer<String> progress) {
    Timing peak = new Timing(0, 0);
    double lowest = 2 * MULTIPLY_ADDS_PER_NANO * bits / Float.SIZE;
    if (bits > 0) {
      progress.accept("multiply-add peak");
      double enough = 2 * MultiplyAdds.COUNT / lowest;
      peak = Timing.of(() -> sink = MultiplyAdds.run(bits, 0.5f, 2), enough, PEAK_NANOS);
    }
    double gflops = bits > 0 ? 2 * MultiplyAdds.COUNT / peak.nanos() : 0;
    double reference = Math.max(gflops, lowest);
    List<KernelFigure> kernels = new ArrayList<>();
    long deadline = System.nanoTime() + BUDGET_NANOS;
    List<Operation> operations = Operation.kernels();
    for (Operation operation : operations) {
      progress.accept(operation.title());
      int later = operations.size() - kernels.size() - 1;
      long left = deadline - System.nanoTime() - later * SHORTEST_NANOS;
      kernels.add(measure(Kernel.of(operation), reference, Math.min(LONGEST_NANOS, left)));
    }
    // A busy machine compiles late: what looks slow or emulated is looked at again.
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      long left = deadline - System.nanoTime();
      if (SUSPECT.contains(kernels.get(i).verdict()) && left > SHORTEST_NANOS) {
        progress.accept(operation.title());
        KernelFigure again =
            measure(Kernel.of(operation), reference, Math.min(LONGEST_NANOS, left));
        boolean failed = again.verdict() == Verdict.WRONG || again.verdict() == Verdict.FAILS;
        if (failed || again.share() > kernels.get(i).share()) {
          kernels.set(i, again);
        }
      }
    }
    return new Checkup(gflops, lowest, peak.noise(), kernels);
  }

  private static KernelFigure measure(Kernel kernel, double peak, long limitNanos) {
    try (OperationBenchmark benchmark = kernel.operation().newBenchmark(kernel.shape())) {
      benchmark.prepare(METHOD);
      Work work = kernel.work();
      double enough =
          peak == 0
              ? Double.POSITIVE_INFINITY
              : work.lanes() * work.flops() / (KernelFigure.enough(kernel) * peak);
      Timing timing = Timing.of(benchmark.caller(METHOD), enough, limitNanos);
      return KernelFigure.of(kernel, timing, peak);
    } catch (AssertionError e) {
      return KernelFigure.failed(kernel, Verdict.WRONG, String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      return KernelFigure.failed(kernel, Verdict.FAILS, String.valueOf(e.getMessage()));
    }
  }
}

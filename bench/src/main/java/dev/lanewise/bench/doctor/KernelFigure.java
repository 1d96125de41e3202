package dev.lanewise.bench.doctor;

import dev.lanewise.bench.jmh.Work;
import java.util.Locale;

/**
 * What a kernel does here.
 *
 * @param operation the operation's name
 * @param shape the shape of its operands
 * @param nanos the best time of a call, or 0 if none returned
 * @param gflops 10^9 floating-point operations of the formula per second, or 0
 * @param share of the multiply-add peak on such elements, or 0 where there is none
 * @param floor the share below which it counts as emulated
 * @param noise how many times as long the median call took
 * @param verdict what that means
 * @param message what it said where it has failed, else empty
 */
public record KernelFigure(
    String operation,
    String shape,
    double nanos,
    double gflops,
    double share,
    double floor,
    double noise,
    Verdict verdict,
    String message) {
  /** What a figure means. */
  public enum Verdict {
    /** As fast as vector code is. */
    OK,
    /** Slower than any vector code. */
    EMULATED,
    /** Scalar code, which is measured against nothing. */
    SCALAR,
    /** The result is not the oracle's. */
    WRONG,
    /** It does not run. */
    FAILS;

    /** In lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A kernel that was timed; a peak of 0 says that scalar code runs. */
  static KernelFigure of(Kernel kernel, Timing timing, double peak) {
    Work work = kernel.work();
    double gflops = work.flops() / timing.nanos();
    double share = peak == 0 ? 0 : work.lanes() * gflops / peak;
    Verdict measured = share < kernel.floor() ? Verdict.EMULATED : Verdict.OK;
    return new KernelFigure(
        kernel.operation().title(),
        kernel.shape().toString(),
        timing.nanos(),
        gflops,
        share,
        kernel.floor(),
        timing.noise(),
        peak == 0 ? Verdict.SCALAR : measured,
        "");
  }

  /** A kernel that gave no figure. */
  static KernelFigure failed(Kernel kernel, Verdict verdict, String message) {
    return new KernelFigure(
        kernel.operation().title(),
        kernel.shape().toString(),
        0,
        0,
        0,
        kernel.floor(),
        0,
        verdict,
        message);
  }
}

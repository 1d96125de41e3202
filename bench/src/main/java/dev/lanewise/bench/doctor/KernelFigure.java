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
 * @param usual the share on a healthy machine
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
    double usual,
    double noise,
    Verdict verdict,
    String message) {
  /** What a figure means. */
  public enum Verdict {
    /** As fast as vector code is. */
    OK,
    /** Vector code that gets less of the processor than it might. */
    SLOW,
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

  /**
   * Between healthy machines shares differ by less: processors have other proportions of arithmetic
   * to cache bandwidth. A busy neighbour costs a factor of two and more.
   */
  private static final double SLOW = 3;

  /**
   * A vector operation that C2 does not know is a call on boxed vectors, 10 to 1000 times slower.
   */
  private static final double EMULATED = 8;

  /** The share below which one of its vector operations must be emulated. */
  double floor() {
    return usual / EMULATED;
  }

  /** A kernel that was timed; a peak of 0 says that scalar code runs. */
  static KernelFigure of(Kernel kernel, Timing timing, double peak) {
    Work work = kernel.work();
    double gflops = work.flops() / timing.nanos();
    double share = peak == 0 ? 0 : work.lanes() * gflops / peak;
    return new KernelFigure(
        kernel.operation().title(),
        kernel.shape().toString(),
        timing.nanos(),
        gflops,
        share,
        kernel.usual(),
        timing.noise(),
        peak == 0 ? Verdict.SCALAR : verdict(share / kernel.usual()),
        "");
  }

  private static Verdict verdict(double partOfUsual) {
    if (partOfUsual * EMULATED < 1) {
      return Verdict.EMULATED;
    }
    return partOfUsual * SLOW < 1 ? Verdict.SLOW : Verdict.OK;
  }

  /** The share that it must have to be neither slow nor emulated. */
  static double enough(Kernel kernel) {
    return kernel.usual() / SLOW;
  }

  /** A kernel that gave no figure. */
  static KernelFigure failed(Kernel kernel, Verdict verdict, String message) {
    return new KernelFigure(
        kernel.operation().title(),
        kernel.shape().toString(),
        0,
        0,
        0,
        kernel.usual(),
        0,
        verdict,
        message);
  }
}

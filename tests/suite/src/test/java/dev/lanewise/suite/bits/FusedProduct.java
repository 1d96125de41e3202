package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Subject.read;
import static dev.lanewise.suite.bits.Subject.written;

import dev.lanewise.kernels.FloatFactor;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Workers;
import java.util.List;

/**
 * A product with what follows it, its right factor packed or not, on so many threads; 0 stands for
 * a call without workers.
 */
record FusedProduct(Cases.Product p, Step step, boolean packed, int threads) {
  /**
   * Against the definition, which fuses too, and against the plain product followed by the steps;
   * what the plain product is, {@link GemmBitsTest} says.
   */
  Subject subject(float alpha, float beta) {
    return new Subject(
        "%s alpha=%s beta=%s".formatted(this, alpha, beta),
        List.of(
            read("A", p.m(), p.k()),
            read("B", p.k(), p.n()),
            read("bias", 1, p.n()),
            written("C", p.m(), p.n())),
        x -> run(alpha, beta, x),
        x -> Definition.gemm(alpha, x[0], x[1], beta, x[3], step.leaf(x[2].row(0))),
        x -> {
          Gemm.gemm(alpha, x[0], x[1], beta, x[3]);
          step.apply(x[2].row(0), x[3]);
        });
  }

  private void run(float alpha, float beta, FloatMatrix[] x) {
    if (threads == 0) {
      run(alpha, beta, x, null);
    } else {
      try (Workers workers = Workers.of(threads)) {
        run(alpha, beta, x, workers);
      }
    }
  }

  private void run(float alpha, float beta, FloatMatrix[] x, Workers workers) {
    FloatFactor b = packed ? PackedMatrix.of(x[1]) : x[1];
    if (step == Step.NONE && workers == null) {
      Gemm.gemm(alpha, x[0], b, beta, x[3]);
    } else if (step == Step.NONE) {
      Gemm.gemm(alpha, x[0], b, beta, x[3], workers);
    } else if (workers == null) {
      Gemm.gemm(alpha, x[0], b, beta, x[3], step.epilogue(x[2].row(0)));
    } else {
      Gemm.gemm(alpha, x[0], b, beta, x[3], step.epilogue(x[2].row(0)), workers);
    }
  }
}

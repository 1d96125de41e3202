package dev.lanewise.bench.doctor;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.jmh.Work;

/**
 * An operation as the doctor measures it: at a shape whose operands fit into a core's own caches,
 * so that arithmetic and not memory is seen.
 *
 * @param operation the operation
 * @param shape the shape
 * @param usual the share of the multiply-add peak that was measured on a healthy machine
 */
record Kernel(Operation operation, Shape shape, double usual) {
  /** Shares were measured on Zen 4, 512 bits, JDK 25.0.3, unless another processor is named. */
  static Kernel of(Operation operation) {
    double usual =
        switch (operation) {
          case GEMM, GEMM_DOUBLE, GEMM_EPILOGUE -> 0.77;
          case GEMM_BATCH -> 0.35; // Zen 5
          case SOFTMAX, CROSS_ENTROPY_LOSS, CROSS_ENTROPY -> 0.33;
          case SOFTMAX_BACKWARD, COLUMN_SUMS -> 0.12;
          case BATCH_NORM_FORWARD, GRADIENT_DESCENT -> 0.22;
          case BATCH_NORM_INFERENCE -> 0.14;
          case BATCH_NORM_BACKWARD -> 0.13;
          case LAYER_NORM -> 0.23;
          case RMS_NORM -> 0.18;
          case LAYER_NORM_BACKWARD -> 0.22; // Zen 5, by its ratio to layer norm
          case RMS_NORM_BACKWARD -> 0.18; // Zen 5, by its ratio to layer norm
          case RELU -> 0.11;
          case RELU_BACKWARD -> 0.07;
          case ADAM -> 0.31;
          case TRAIN_STEP, STUDY -> throw new IllegalArgumentException(operation + " is no kernel");
          case EXP, LOG, TANH -> 0.4; // Zen 5
          case GELU -> 0.22; // Zen 5
          case LOG_SOFTMAX -> 0.1; // Zen 5
          case ROW_SUMS, ROW_MAXIMA -> 0.08; // Zen 5
        };
    String shape =
        switch (operation) {
          case GEMM -> "128x128x128";
          case GEMM_DOUBLE, GEMM_EPILOGUE -> "64x64x64";
          case GEMM_BATCH -> "16x16x16x16";
          case GRADIENT_DESCENT, ADAM -> "1x16384";
          default -> "32x512";
        };
    return new Kernel(operation, operation.parse(shape), usual);
  }

  Work work() {
    return operation.work(shape);
  }
}

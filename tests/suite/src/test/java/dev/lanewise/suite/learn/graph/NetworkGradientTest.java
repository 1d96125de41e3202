package dev.lanewise.suite.learn.graph;

import dev.lanewise.kernels.Activation;
import dev.lanewise.testkit.GradientCheck;
import dev.lanewise.testkit.oracle.ActivationOracle;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** The gradients of whole networks that jqwik puts together. */
class NetworkGradientTest {
  private static final GradientCheck CHECK = new GradientCheck("random networks").directions(12);

  /** What a network is made of. */
  enum Part {
    DENSE,
    DENSE_WITH_BIAS,
    BATCH_NORM,
    LAYER_NORM,
    RMS_NORM,
    RELU,
    TANH,
    GELU,
    RESIDUAL,
    GATE,
    CENTRED
  }

  private static Twin apply(Part part, Twin x, int width, GradientTrial t, int number) {
    int n = x.columns();
    return switch (part) {
      case DENSE -> x.matmul(t.variable(n, width, () -> t.mix().normal() / Math.sqrt(n)));
      case DENSE_WITH_BIAS ->
          x.matmul(t.variable(n, width, () -> t.mix().normal() / Math.sqrt(n)))
              .plus(t.variable(1, width));
      case BATCH_NORM -> x.batchNorm(t.variable(1, n), t.variable(1, n), "norm" + number);
      case LAYER_NORM -> x.layerNorm(t.variable(1, n), t.variable(1, n));
      case RMS_NORM -> x.rmsNorm(t.variable(1, n));
      case RELU -> x.activation(Activation.RELU, ActivationOracle.RELU);
      case TANH -> x.activation(Activation.TANH, ActivationOracle.TANH);
      case GELU -> x.activation(Activation.GELU, ActivationOracle.GELU);
      case RESIDUAL ->
          x.plus(x.matmul(t.variable(n, n)).activation(Activation.TANH, ActivationOracle.TANH));
      case GATE ->
          x.times(
              x.matmul(t.variable(n, n)).activation(Activation.SIGMOID, ActivationOracle.SIGMOID));
      case CENTRED -> x.minus(x.columnMeans());
    };
  }

  @Property(tries = 150)
  void gradientIsThatOfDifferences(
      @ForAll @Size(min = 1, max = 7) List<Part> parts,
      @ForAll @IntRange(min = 2, max = 9) int rows,
      @ForAll @IntRange(min = 2, max = 6) int width,
      @ForAll long seed) {
    GradientTrial trial = new GradientTrial(seed, rows);
    Twin x = trial.batch(3);
    for (int i = 0; i < parts.size(); i++) {
      x = apply(parts.get(i), x, width, trial, i);
    }
    Twin logits = x.matmul(trial.variable(x.columns(), 4)).plus(trial.variable(1, 4));
    CHECK.seed(seed);
    trial.check(CHECK, trial.crossEntropy(logits), parts + " rows=" + rows + " seed=" + seed);
  }

  @AfterContainer
  static void report() {
    System.out.println(CHECK);
  }
}

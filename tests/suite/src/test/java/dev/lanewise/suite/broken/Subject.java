package dev.lanewise.suite.broken;

import dev.lanewise.testkit.law.ActivationLaws;
import dev.lanewise.testkit.law.BatchNormLaws;
import dev.lanewise.testkit.law.BitsLaws;
import dev.lanewise.testkit.law.CrossEntropyLaws;
import dev.lanewise.testkit.law.Engine;
import dev.lanewise.testkit.law.GemmLaws;
import dev.lanewise.testkit.law.Law;
import dev.lanewise.testkit.law.LayerNormLaws;
import dev.lanewise.testkit.law.OptimizerLaws;
import dev.lanewise.testkit.law.SoftmaxLaws;
import java.util.List;

/**
 * An engine and the laws that it is held to.
 *
 * @param contract the contract that must see its faults
 * @param adapter the class of its adapter, in the package of engines
 * @param variant of a class with several, what the one in its list {@code ALL} is called
 * @param laws the laws of that contract, as laws of any engine: the adapter fits
 */
record Subject(String contract, String adapter, String variant, List<Law<Engine, ?>> laws) {
  static final Subject GEMM = of("GemmContract", "LanewiseGemm", GemmLaws.ALL);
  static final Subject PLAIN_GEMM = of("GemmContract", "PlainGemm", GemmLaws.ALL);
  static final Subject BATCH_NORM = of("BatchNormContract", "LanewiseBatchNorm", BatchNormLaws.ALL);
  static final Subject CHANNELS_NORM =
      of("BatchNormContract", "LanewiseChannelsNorm", BatchNormLaws.ALL);
  static final Subject LAYER_NORM = of("LayerNormContract", "LanewiseLayerNorm", LayerNormLaws.ALL);
  static final Subject SOFTMAX = of("SoftmaxContract", "LanewiseSoftmax", SoftmaxLaws.ALL);
  static final Subject PLAIN_SOFTMAX = of("SoftmaxContract", "PlainSoftmax", SoftmaxLaws.ALL);
  static final Subject CROSS_ENTROPY =
      of("CrossEntropyContract", "LanewiseCrossEntropy", CrossEntropyLaws.ALL);
  static final Subject RELU =
      of("ActivationContract", "LanewiseActivation", "relu", ActivationLaws.ALL);
  static final Subject GRADIENT_DESCENT = optimizer("LanewiseOptimizer", "gradientDescent");
  static final Subject ADAM = optimizer("LanewiseOptimizer", "adam");
  static final Subject MOMENTUM = optimizer("LanewiseOptimizer", "momentum");
  static final Subject NESTEROV = optimizer("LanewiseOptimizer", "nesterov");
  static final Subject RMS_PROP = optimizer("LanewiseOptimizer", "rmsProp");
  static final Subject ADAM_W = optimizer("LanewiseOptimizer", "adamW");
  static final Subject PLAIN_TANH =
      of("ActivationContract", "PlainActivation", "tanh", ActivationLaws.ALL);
  static final Subject PLAIN_MOMENTUM = optimizer("PlainOptimizer", "momentumAveraged");
  static final Subject PLAIN_NESTEROV = optimizer("PlainOptimizer", "nesterov");
  static final Subject PLAIN_RMS_PROP = optimizer("PlainOptimizer", "rmsProp");
  static final Subject PLAIN_LAYER_NORM =
      of("LayerNormContract", "PlainLayerNorm", LayerNormLaws.ALL);
  static final Subject PLAIN_PARALLEL = of("BitsContract", "PlainParallel", BitsLaws.ALL);

  private static Subject optimizer(String adapter, String rule) {
    return of("OptimizerContract", adapter, rule, OptimizerLaws.ALL);
  }

  private static Subject of(
      String contract, String adapter, List<? extends Law<? extends Engine, ?>> laws) {
    return of(contract, adapter, "", laws);
  }

  @SuppressWarnings("unchecked") // a law gets no engine but the one that stands beside it
  private static Subject of(
      String contract,
      String adapter,
      String variant,
      List<? extends Law<? extends Engine, ?>> laws) {
    return new Subject(contract, adapter, variant, (List<Law<Engine, ?>>) laws);
  }

  /** The adapter, from a class loader of its own. */
  Engine engine(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> type = Class.forName("dev.lanewise.suite.engine." + adapter, true, loader);
    if (variant.isEmpty()) {
      return (Engine) type.getDeclaredConstructor().newInstance();
    }
    return ((List<?>) type.getField("ALL").get(null))
        .stream()
            .filter(engine -> (engine + "(").startsWith(variant + "("))
            .map(Engine.class::cast)
            .findFirst()
            .orElseThrow(() -> new NoSuchFieldException(adapter + " " + variant));
  }

  @Override
  public String toString() {
    return variant.isEmpty() ? adapter : adapter + " " + variant;
  }
}

package dev.lanewise.bench.jmh;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.layer.Layer;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.Elements;
import dev.lanewise.testkit.oracle.ActivationOracle;
import dev.lanewise.testkit.oracle.NetworkOracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A training step of a classifier: hidden layers of dense without bias, batch norm and ReLU, dense
 * logits, mean cross-entropy, their gradients, and Adam over all variables. The samples are copied
 * into the session as part of it.
 *
 * <p>The batch stays the same, and the network learns it by heart; nothing depends on the values
 * but subnormal numbers, which gradients of a cross-entropy near 0 can become after many thousand
 * steps. The learning rate is so small that they do not. What would fool it: a step without the
 * update, or the gradient of the inputs, which nothing needs, left in.
 *
 * <p>A step runs nearly all kernels, forward and backward, so C2 needs seconds until it has them
 * all: hence the longer warm-up.
 */
@Warmup(iterations = 16, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class TrainStepBenchmark extends OperationBenchmark {
  private static final double RATE = 1e-6;
  private static final double EPS = 1e-5;

  /** Multiply-adds above which the gradient is too slow to check in double, beside the cost. */
  private static final long CHECKED = 20_000_000;

  /** How far to go along the gradient for its slope. */
  private static final double STRIDE = 1e-3;

  /** Batch, features, units of each hidden layer, classes. */
  @Param({"64x64x128x128x10", "128x784x512x512x10", "256x784x1024x1024x1024x10"})
  public String shape;

  private Placeholder inputs;
  private ClassLabels labels;
  private Session session;
  private FloatMatrix samples;
  private Labels classes;
  private NetworkOracle oracle;
  private List<Variable> variables;
  private float cost;

  @Override
  public void prepare(String method) {
    List<Integer> extents = Operation.TRAIN_STEP.parse(shape).extents();
    int batch = extents.getFirst();
    int features = extents.get(1);
    int outputs = extents.getLast();
    openWorkers(method);
    inputs = Placeholder.batch("inputs", features);
    labels = ClassLabels.of("labels");
    Node logits = layers(extents).apply(inputs, "net");
    session =
        Session.of(Optimizer.adam(RATE).minimize(logits.crossEntropy(labels)))
            .outputs(logits)
            .capacity(batch)
            .seed(1)
            .workers(workers)
            .build();
    samples = FloatMatrix.of(normal(1, batch * features, 0, 1), batch, features);
    int[] drawn = new int[batch];
    for (int i = 0; i < batch; i++) {
      drawn[i] = i * 7 % outputs;
    }
    classes = Labels.of(drawn);
    variables = logits.variables();
    double[] parameters = join(variables.stream().map(session::value).toList());
    run(method);
    check(method, batch, parameters);
  }

  private Layer layers(List<Integer> extents) {
    List<Layer> layers = new ArrayList<>();
    oracle = NetworkOracle.inputs(extents.get(1));
    for (int units : extents.subList(2, extents.size() - 1)) {
      layers.add(Layers.denseWithoutBias(units));
      layers.add(Layers.batchNorm());
      layers.add(Layers.relu());
      oracle = oracle.dense(units, false).batchNorm(EPS).activation(ActivationOracle.RELU);
    }
    layers.add(Layers.dense(extents.getLast()));
    oracle = oracle.dense(extents.getLast(), true);
    return new Sequential(layers);
  }

  private static double[] join(List<FloatMatrix> matrices) {
    return matrices.stream()
        .flatMapToDouble(
            x ->
                IntStream.range(0, x.rows() * x.columns())
                    .mapToDouble(i -> x.get(i / x.columns(), i % x.columns())))
        .toArray();
  }

  /**
   * The cost within 10^-4. Of a small network the gradient within 10^-4 of its largest element; of
   * a larger one its norm, which is the slope of the cost along it, within 1 %. Every variable
   * whose slope is not tiny has moved against it, by the learning rate, as Adam's first step does.
   */
  private void check(String method, int batch, double[] parameters) {
    double[] x = Elements.widen(samples.array());
    double loss = oracle.loss(batch, parameters, x, classes.array());
    compare(label(method) + " cost", cost, loss, Bound.relative(1e-4));
    double[] gradient = join(variables.stream().map(session::gradient).toList());
    double largest = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    if ((long) batch * parameters.length <= CHECKED) {
      double[] expected = oracle.gradient(batch, parameters, x, classes.array());
      for (int i = 0; i < gradient.length; i++) {
        compare(label(method), gradient[i], expected[i], Bound.absolute(1e-4 * largest));
      }
    } else {
      checkNorm(method, batch, parameters, x, gradient);
    }
    double[] after = join(variables.stream().map(session::value).toList());
    for (int i = 0; i < gradient.length; i++) {
      if (Math.abs(gradient[i]) > 1e-3 * largest) {
        double moved = Math.copySign(RATE, -gradient[i]);
        compare(label(method), after[i] - parameters[i], moved, Bound.absolute(0.2 * RATE));
      }
    }
  }

  private void compare(String name, double actual, double expected, Bound bound) {
    new Accuracy(name)
        .check(new float[] {(float) actual}, new double[] {expected}, bound, "shape=" + shape);
  }

  private void checkNorm(
      String method, int batch, double[] parameters, double[] x, double[] gradient) {
    double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
    double[] ahead = parameters.clone();
    double[] behind = parameters.clone();
    for (int i = 0; i < gradient.length; i++) {
      ahead[i] += STRIDE * gradient[i] / norm;
      behind[i] -= STRIDE * gradient[i] / norm;
    }
    double slope =
        (oracle.loss(batch, ahead, x, classes.array())
                - oracle.loss(batch, behind, x, classes.array()))
            / (2 * STRIDE);
    compare(label(method) + " norm of the gradient", norm, slope, Bound.relative(0.01));
  }

  private void step() {
    session.feed(inputs, samples).feed(labels, classes);
    cost = session.step();
  }

  /** On one thread. */
  @Benchmark
  public void lanewise() {
    step();
  }

  /** On {@code -Dlanewise.bench.threads}. */
  @Benchmark
  public void lanewiseParallel() {
    step();
  }
}

package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.Examples.arguments;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.MiniBatches;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Initializer;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.RunningStatistics;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.graph.SessionBuilder;
import dev.lanewise.learn.graph.ShardGradient;
import dev.lanewise.learn.graph.Training;
import dev.lanewise.learn.graph.UpdateRule;
import dev.lanewise.learn.graph.Variable;
import dev.lanewise.learn.graph.VariableArrays;
import dev.lanewise.learn.layer.Initializers;
import dev.lanewise.learn.layer.Layer;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.layer.Sequential;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.optim.Schedule;
import dev.lanewise.suite.hardening.Examples.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How graphs, layers, optimizers and readers are called, and which values they accept. */
final class LearnCalls {
  private final SampleFolder files;

  LearnCalls(Path folder) {
    files = new SampleFolder(folder);
  }

  /** A network of one layer, with three inputs, three outputs and a step of it behind it. */
  private static final class Net {
    final Placeholder x = Placeholder.batch("x", 3);
    final ClassLabels labels = ClassLabels.of("labels");
    final Variable w = Variable.weights("w", 3, 3, Initializers.heNormal());
    final Node logits = x.matmul(w);
    final Node cost = logits.crossEntropy(labels);
    VariableArrays arrays;
    final Session session = Session.of(new Training(cost, new Kept())).capacity(3).build();

    Net() {
      session.feed(x, matrix()).feed(labels, Labels.of(2, 0, 1)).step();
    }

    /** Keeps the arrays that a rule is given. */
    private final class Kept implements UpdateRule {
      @Override
      public int states() {
        return 0;
      }

      @Override
      public void apply(
          VariableArrays variables,
          long step,
          double rateFactor,
          dev.lanewise.kernels.Workers workers) {
        arrays = variables;
      }
    }

    Call call(Object... arguments) {
      return new Call(session, arguments);
    }
  }

  static FloatMatrix matrix() {
    return FloatMatrix.of(new float[] {1, 2, 3, 5, 4, 6, 9, 8, 7}, 3, 3);
  }

  static Dataset dataset() {
    return new Dataset(matrix(), Labels.of(2, 0, 1), List.of("a", "b", "c"));
  }

  private static Node row(String name) {
    return Variable.of(name, 1, 3, Initializers.constant(1));
  }

  Examples examples() {
    Examples examples = new Examples();
    KernelCalls.values(examples);
    values(examples);
    nodes(examples);
    sessions(examples);
    data(examples);
    new TrainCalls(files).addTo(examples);
    TuneCalls.addTo(examples, files);
    new BabysitterCalls(files).addTo(examples);
    return examples;
  }

  private static void values(Examples examples) {
    Net net = new Net();
    examples
        .value(String.class, () -> "name")
        .value(Node.class, () -> Variable.weights("w", 3, 3, Initializers.heNormal()))
        .value(Node[].class, () -> new Node[] {row("a"), row("b")})
        .value(ClassLabels.class, () -> ClassLabels.of("labels"))
        .value(Initializer.class, Initializers::heNormal)
        .value(SessionBuilder.class, () -> Session.of(row("a")))
        .value(VariableArrays.class, () -> net.arrays)
        .value(UpdateRule.class, () -> Optimizer.gradientDescent(0.1))
        .value(Optimizer.class, () -> Optimizer.gradientDescent(0.1))
        .value(Schedule.class, Schedule::constant)
        .value(Layer.class, () -> Layers.dense(3))
        .value(Layer[].class, () -> new Layer[] {Layers.dense(3), Layers.relu()})
        .value(Sequential.class, () -> Sequential.of(Layers.dense(3)))
        .value(Dataset.class, LearnCalls::dataset)
        .value(CsvFormat.class, () -> CsvFormat.DEFAULT)
        .value(MiniBatches.class, () -> new MiniBatches(3, 2, 1))
        .value(Throwable.class, () -> new IllegalStateException("cause"));
  }

  private static void nodes(Examples examples) {
    examples
        .call("Node.columns(int, int)", () -> arguments(0, 2))
        .on(
            "Node.batchNorm(Node, Node, RunningStatistics, double)",
            () -> Placeholder.batch("x", 3),
            () ->
                arguments(
                    row("gamma"),
                    row("beta"),
                    RunningStatistics.of("running", 3, RunningAverage.KERAS),
                    1e-5))
        .call(
            "Node.layerNorm(Node, Node, double)", () -> arguments(row("gamma"), row("beta"), 1e-5))
        .call("Node.rmsNorm(Node, double)", () -> arguments(row("gamma"), 1e-5))
        .on(
            "Node.crossEntropy(ClassLabels)",
            () -> Placeholder.batch("x", 3),
            () -> arguments(ClassLabels.of("labels")))
        .on(
            "Node.crossEntropy(ClassLabels, double)",
            () -> Placeholder.batch("x", 3),
            () -> arguments(ClassLabels.of("labels"), 0.1))
        .call("Training(Node, UpdateRule)", () -> arguments(row("a").sum(), Optimizer.adam(0.1)))
        .call("Optimizer.minimize(Node)", () -> arguments(row("a").sum()))
        .call("Sequential(List)", () -> arguments(List.of(Layers.relu())))
        .call(
            "VariableArrays.Part(FloatSpan, FloatSpan, List)",
            () -> arguments(FloatSpan.zeros(3), FloatSpan.zeros(3), List.of(FloatSpan.zeros(3))));
  }

  private static void sessions(Examples examples) {
    examples
        .call("Session.of(Training)", () -> arguments(Optimizer.adam(1).minimize(row("a").sum())))
        .made("Session.input(Placeholder, int)", LearnCalls::inputCall)
        .made("Session.input(ClassLabels, int)", LearnCalls::labelsCall)
        .made(
            "Session.feed(Placeholder, FloatMatrix)",
            () -> {
              Net net = new Net();
              return net.call(net.x, matrix());
            })
        .made(
            "Session.feed(ClassLabels, Labels)",
            () -> {
              Net net = new Net();
              return net.call(net.labels, Labels.of(2, 0, 1));
            })
        .made(
            "Session.run(Mode, Node)",
            () -> {
              Net net = new Net();
              return net.call(Mode.INFERENCE, net.cost);
            })
        .made(
            "Session.lastValue(Node)",
            () -> {
              Net net = new Net();
              net.session.run(Mode.INFERENCE, net.cost);
              return net.call(net.cost);
            })
        .made("Session.step(double)", () -> new Net().call(0.5))
        .made(
            "Session.value(Variable)",
            () -> {
              Net net = new Net();
              return net.call(net.w);
            })
        .made(
            "Session.gradient(Variable)",
            () -> {
              Net net = new Net();
              return net.call(net.w);
            })
        .made("Session.load(Map)", () -> new Net().call(Map.of("w", matrix())))
        .made("Session.resumeAt(long)", () -> new Net().call(5L))
        .value(ShardGradient.class, () -> new Net().session.shard(0))
        .made("Session.shard(int)", () -> new Net().call(0))
        .made("Session.step(double, List)", LearnCalls::shardsCall);
  }

  private static Call inputCall() {
    Net net = new Net();
    return net.call(net.x, 2);
  }

  private static Call shardsCall() {
    Net net = new Net();
    return net.call(0.5, List.of(net.session.shard(0)));
  }

  private static Call labelsCall() {
    Net net = new Net();
    return net.call(net.labels, 2);
  }

  private void data(Examples examples) {
    List<String> classes = List.of("a", "b", "c");
    examples
        .call(
            "Dataset(FloatMatrix, Labels, List)",
            () -> arguments(matrix(), Labels.of(2, 0, 1), classes))
        .call("Dataset.rows(int, int)", () -> arguments(0, 2))
        .call("MiniBatches.row(int, int)", () -> arguments(1, 0))
        .call(
            "MiniBatches.gather(Dataset, int, FloatMatrix, int[])",
            () -> arguments(dataset(), 0, FloatMatrix.zeros(2, 3), new int[2]))
        .call("CsvFormat.withClasses(List)", () -> arguments(classes))
        .call("CsvFormat.read(Path)", () -> arguments(files.csv()))
        .call("CsvFormat.readInputs(Path, int)", () -> arguments(files.csvInputs(), 2))
        .call("Idx.read(Path, Path)", () -> arguments(files.idx(), files.idxLabels()))
        .call(
            "Idx.read(Path, Path, List)", () -> arguments(files.idx(), files.idxLabels(), classes))
        .call("Idx.readInputs(Path)", () -> arguments(files.idx()))
        .call("Idx.readLabels(Path)", () -> arguments(files.idxLabels()))
        .call("Npy.read(Path, Path)", () -> arguments(files.npy(), files.npyLabels()))
        .call(
            "Npy.read(Path, Path, List)", () -> arguments(files.npy(), files.npyLabels(), classes))
        .call("Npy.readInputs(Path)", () -> arguments(files.npy()))
        .call("Npy.readLabels(Path)", () -> arguments(files.npyLabels()));
  }

  Exceptions exceptions() {
    return LearnExceptions.all();
  }
}

package dev.lanewise.suite.hardening;

import static dev.lanewise.suite.hardening.Examples.arguments;

import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.ClassLabels;
import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.graph.Placeholder;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.layer.Layers;
import dev.lanewise.learn.optim.Optimizer;
import dev.lanewise.learn.train.Annotations;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.EarlyStopping;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.InputNormalisation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import dev.lanewise.learn.train.Network;
import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.learn.train.SafeTensors.Tensor;
import dev.lanewise.learn.train.ShardSource;
import dev.lanewise.learn.train.Trainer;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.suite.hardening.Examples.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** How training and its files are called. */
final class TrainCalls {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private final SampleFolder files;

  TrainCalls(SampleFolder files) {
    this.files = files;
    try {
      trainer().begin(LearnCalls.dataset()).train();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MultilayerPerceptron layers() {
    return new MultilayerPerceptron(3, List.of(2), 3, 0);
  }

  private static InputNormalisation normalisation() {
    return InputNormalisation.of(LearnCalls.matrix(), 1e-5);
  }

  private static Annotations annotations() {
    return Classifier.annotations(layers(), normalisation(), CLASSES);
  }

  private Trainer trainer() {
    return Trainer.of(layers().network(), Optimizer.gradientDescent(0.1), 1)
        .withCheckpoint(files.checkpoint())
        .withAnnotations(annotations());
  }

  private Classifier classifier() {
    try {
      return Classifier.read(files.checkpoint());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tensor tensor() {
    return Tensor.of(LearnCalls.matrix());
  }

  private static SequencedMap<String, Tensor> tensors() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("tensor", tensor());
    return tensors;
  }

  private static SequencedMap<String, String> texts() {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put("key", "text");
    return texts;
  }

  private static Call evaluation() {
    Network network = layers().network();
    Session session = Session.of(network.cost(), network.logits()).capacity(2).build();
    return new Call(null, arguments(network, session, LearnCalls.dataset()));
  }

  private static Evaluation evaluated() {
    Object[] all = evaluation().arguments();
    return Evaluation.of((Network) all[0], (Session) all[1], (Dataset) all[2]);
  }

  private static Call network() {
    Placeholder x = Placeholder.batch("x", 3);
    ClassLabels labels = ClassLabels.of("labels");
    Node logits = Layers.dense(3).apply(x, "dense");
    return new Call(null, arguments(x, labels, logits, logits.crossEntropy(labels)));
  }

  void addTo(Examples examples) {
    examples
        .value(Annotations.class, TrainCalls::annotations)
        .value(Classifier.class, this::classifier)
        .value(MultilayerPerceptron.class, TrainCalls::layers)
        .value(InputNormalisation.class, TrainCalls::normalisation)
        .value(EarlyStopping.class, () -> EarlyStopping.after(2))
        .value(Evaluation.class, TrainCalls::evaluated)
        .value(History.class, () -> new History(List.of(epoch())))
        .value(History.Epoch.class, TrainCalls::epoch)
        .value(Network.class, () -> layers().network())
        .value(SafeTensors.class, () -> SafeTensors.of(tensors(), texts()))
        .value(ShardSource.class, () -> (ShardSource) (step, session) -> List.of())
        .value(Trainer.class, this::trainer)
        .value(TrainingListener.class, () -> TrainingListener.NONE)
        .value(TrainingRun.class, () -> trainer().begin(LearnCalls.dataset()))
        .call("Annotations(SequencedMap, SequencedMap)", () -> arguments(tensors(), texts()))
        .call(
            "Classifier.annotations(MultilayerPerceptron, InputNormalisation, List)",
            () -> arguments(layers(), normalisation(), CLASSES))
        .call("Classifier.read(Path)", () -> arguments(files.checkpoint()))
        .made("Evaluation.of(Network, Session, Dataset)", TrainCalls::evaluation)
        .call("History(List)", () -> arguments(List.of(epoch())))
        .call("History.writeCsv(Path)", () -> arguments(files.output()))
        .call(
            "InputNormalisation(FloatSpan, FloatSpan, double)",
            () -> arguments(FloatSpan.zeros(3), FloatSpan.zeros(3), 1e-5))
        .call(
            "MultilayerPerceptron(int, List, int, double)", () -> arguments(3, List.of(2), 3, 0.5))
        .made("Network(Placeholder, ClassLabels, Node, Node)", TrainCalls::network)
        .call(
            "SafeTensors.Tensor(List, FloatMatrix)",
            () -> arguments(List.of(3, 3), LearnCalls.matrix()))
        .call("SafeTensors.of(SequencedMap, SequencedMap)", () -> arguments(tensors(), texts()))
        .call("SafeTensors.write(Path)", () -> arguments(files.output()))
        .call("SafeTensors.read(Path)", () -> arguments(files.checkpoint()))
        .call("Trainer.withCheckpoint(Path)", () -> arguments(files.output()))
        .call("TrainingRun.save(Path)", () -> arguments(files.output()));
  }

  private static History.Epoch epoch() {
    return new History.Epoch(1, 1, 1, 1, 1);
  }
}

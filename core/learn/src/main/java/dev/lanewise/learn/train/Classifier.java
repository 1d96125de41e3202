package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Reduce;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.graph.Mode;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.train.SafeTensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trained classifier with all that its use needs: layers, input normalisation, the names of the
 * classes. It lives in the checkpoint of the run that trains it: a file that is at once.
 *
 * <p>What it says of a sample depends on that sample alone, to the last bit. One thread at a time
 * uses an instance.
 */
public final class Classifier {
  private static final String NAME = "Classifier";
  private static final int CAPACITY = 256;

  private static final String LAYERS = "lanewise.layers";
  private static final String CLASSES = "lanewise.classes";
  private static final String MEAN = "input.mean";
  private static final String VARIANCE = "input.variance";

  private final MultilayerPerceptron layers;
  private final InputNormalisation normalisation;
  private final List<String> classes;
  private final Network network;
  private final Session session;

  private Classifier(
      MultilayerPerceptron layers, InputNormalisation normalisation, List<String> classes) {
    this.layers = layers;
    this.normalisation = normalisation;
    this.classes = List.copyOf(classes);
    network = layers.network();
    session = Session.of(network.cost(), network.logits()).capacity(CAPACITY).build();
  }

  /**
   * What a checkpoint must hold so that {@link #read} makes a classifier of it.
   *
   * @param layers the layers
   * @param normalisation what the samples of training went through
   * @param classes the names of the classes
   * @return the annotations for {@link Trainer#withAnnotations}
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if the network does not have as many classes
   */
  public static Annotations annotations(
      MultilayerPerceptron layers, InputNormalisation normalisation, List<String> classes) {
    Checks.notNull(NAME, "layers", layers);
    Checks.notNull(NAME, "normalisation", normalisation);
    List<String> names = Checks.copy(NAME, "classes", classes);
    if (names.size() != layers.classes()) {
      throw new IllegalArgumentException(
          "Classifier: %d classes for a network of %d; they must be equal"
              .formatted(names.size(), layers.classes()));
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(MEAN, Tensor.of(normalisation.mean()));
    tensors.put(VARIANCE, Tensor.of(normalisation.variance()));
    ObjectNode node = Checkpoint.JSON.createObjectNode();
    node.put("features", layers.features());
    layers.hidden().forEach(node.putArray("hidden")::add);
    node.put("classes", layers.classes());
    node.put("dropout", layers.dropout());
    node.put("inputEps", normalisation.eps());
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put(LAYERS, Checkpoint.JSON.writeValueAsString(node));
    texts.put(CLASSES, Checkpoint.JSON.writeValueAsString(names));
    return new Annotations(tensors, texts);
  }

  /**
   * Reads a classifier.
   *
   * @param file the checkpoint of its training
   * @return the classifier
   * @throws DataException if the file is not one
   * @throws IOException if it cannot be read
   */
  public static Classifier read(Path file) throws IOException {
    SafeTensors content = SafeTensors.read(Checks.notNull(NAME, "file", file));
    JsonNode node = Checkpoint.json(content, file, LAYERS);
    List<String> names = new ArrayList<>();
    Checkpoint.json(content, file, CLASSES).forEach(name -> names.add(name.asString("")));
    MultilayerPerceptron layers;
    try {
      layers = layers(node);
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s: %s".formatted(file, LAYERS, e.getMessage()), e);
    }
    double eps = node.path("inputEps").asDouble(-1);
    if (names.size() != layers.classes() || !(eps >= 0) || Double.isInfinite(eps)) {
      throw new DataException(
          "%s: %d classes and an eps of %s; expected %d and at least 0"
              .formatted(file, names.size(), eps, layers.classes()));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new DataException("%s: %s has a name twice".formatted(file, CLASSES));
    }
    checkSize(layers, content, file);
    FloatMatrix row = FloatMatrix.zeros(1, layers.features());
    InputNormalisation normalisation =
        new InputNormalisation(
            span(content, file, MEAN, row), span(content, file, VARIANCE, row), eps);
    Classifier classifier = new Classifier(layers, normalisation, names);
    for (Map.Entry<String, FloatMatrix> entry : classifier.session.tensors().entrySet()) {
      FloatMatrix read = Checkpoint.tensor(content, file, entry.getKey(), entry.getValue());
      Tensors.copy(read, entry.getValue());
    }
    return classifier;
  }

  /** Refuses layers that the file's tensors cannot fill, before anything is allocated for them. */
  private static void checkSize(MultilayerPerceptron layers, SafeTensors content, Path file)
      throws DataException {
    long elements = content.tensors().values().stream().mapToLong(Tensor::size).sum();
    long claimed = 0;
    long width = layers.features();
    List<Integer> units = new ArrayList<>(layers.hidden());
    units.add(layers.classes());
    for (int each : units) {
      claimed += width * each;
      width = each;
      if (claimed > elements) {
        throw new DataException(
            "%s: %s claims layers of %d weights or more; its tensors have %d elements"
                .formatted(file, LAYERS, claimed, elements));
      }
    }
  }

  private static FloatSpan span(SafeTensors content, Path file, String name, FloatMatrix like)
      throws DataException {
    Tensor tensor = content.tensors().get(name);
    if (tensor == null || !tensor.shape().equals(List.of(like.columns()))) {
      throw new DataException(
          "%s: tensor %s is %s; expected a shape of [%d]"
              .formatted(file, name, tensor == null ? "absent" : tensor.shape(), like.columns()));
    }
    return tensor.elements().row(0);
  }

  private static MultilayerPerceptron layers(JsonNode node) {
    List<Integer> hidden = new ArrayList<>();
    node.path("hidden").forEach(units -> hidden.add(units.asInt(0)));
    return new MultilayerPerceptron(
        node.path("features").asInt(0),
        hidden,
        node.path("classes").asInt(0),
        node.path("dropout").asDouble(-1));
  }

  /**
   * The layers.
   *
   * @return the layers
   */
  public MultilayerPerceptron layers() {
    return layers;
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * The probability of each class.
   *
   * @param inputs the samples, as they were measured
   * @return a row for each sample
   * @throws IllegalArgumentException if they have another number of features
   */
  public FloatMatrix probabilities(FloatMatrix inputs) {
    FloatMatrix result = logits(inputs);
    Softmax.forward(result, result);
    return result;
  }

  /**
   * The logit of each class: what the probabilities are the softmax of.
   *
   * @param inputs the samples, as they were measured
   * @return a row for each sample
   * @throws IllegalArgumentException if they have another number of features
   */
  public FloatMatrix logits(FloatMatrix inputs) {
    Checks.notNull(NAME, "inputs", inputs);
    if (inputs.columns() != layers.features()) {
      throw new IllegalArgumentException(
          "Classifier: the samples have %d features; it was trained on %d"
              .formatted(inputs.columns(), layers.features()));
    }
    FloatMatrix normalised = normalisation.apply(inputs);
    FloatMatrix result = FloatMatrix.zeros(inputs.rows(), classes.size());
    for (int from = 0; from < inputs.rows(); from += CAPACITY) {
      int to = Math.min(from + CAPACITY, inputs.rows());
      session.feed(network.inputs(), normalised.rows(from, to));
      Tensors.copy(session.run(Mode.INFERENCE, network.logits()), result.rows(from, to));
    }
    return result;
  }

  /**
   * The most probable class of each sample.
   *
   * @param probabilities as {@link #probabilities} gives them
   * @return an index into {@link #classes()} for each
   */
  public Labels best(FloatMatrix probabilities) {
    Checks.notNull(NAME, "probabilities", probabilities);
    Labels best = Labels.of(new int[probabilities.rows()]);
    Reduce.rowArgmax(probabilities, best);
    return best;
  }

  /**
   * Evaluates it.
   *
   * @param data samples as they were measured, with this classifier's classes
   * @return what came out
   */
  public Evaluation evaluate(Dataset data) {
    Checks.notNull(NAME, "data", data);
    if (!data.classes().equals(classes)) {
      throw new IllegalArgumentException(
          "Classifier: the data's classes are %s; it was trained on %s"
              .formatted(data.classes(), classes));
    }
    return Evaluation.of(network, session, normalisation.apply(data));
  }
}

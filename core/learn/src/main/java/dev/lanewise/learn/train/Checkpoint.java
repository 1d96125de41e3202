package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.learn.train.SafeTensors.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a run in a safetensors file: the session's tensors by name, those of the best epoch
 * behind {@code best.}, and as text the progress, the settings and the version of the numerics.
 */
final class Checkpoint {
  private static final System.Logger LOG = System.getLogger("dev.lanewise.learn");
  static final JsonMapper JSON = new JsonMapper();

  private static final String BEST = "best.";
  private static final String PROGRESS = "lanewise.progress";
  private static final String SETTINGS = "lanewise.settings";
  static final String NUMERICS = "lanewise.numerics";

  /** How far a run is. */
  record Progress(List<History.Epoch> epochs, boolean ended) {}

  /** How like those of a run the settings in a checkpoint must be. */
  enum Match {
    /** The same. */
    ALL,
    /** The same but for the figures of the optimizer's rule, such as its learning rate. */
    ALL_BUT_FIGURES;

    private static final Pattern FIGURES = Pattern.compile("^(\\w+)\\([^()]*\\)");

    private String compared(String settings) {
      return this == ALL ? settings : FIGURES.matcher(settings).replaceFirst("$1");
    }
  }

  private Checkpoint() {}

  static SafeTensors of(TrainingRun run, Trainer trainer, String settings) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    run.session().tensors().forEach((name, tensor) -> tensors.put(name, Tensor.of(tensor)));
    ObjectNode progress = JSON.createObjectNode();
    progress.put("steps", run.session().steps());
    progress.put("ended", run.wasEnded());
    if (run.best() != null) {
      run.best().tensors().forEach((name, tensor) -> tensors.put(BEST + name, Tensor.of(tensor)));
      progress.put("bestEpoch", run.best().epoch());
      putNumber(progress, "bestLoss", run.best().loss());
    }
    ArrayNode epochs = progress.putArray("epochs");
    for (History.Epoch epoch : run.history().epochs()) {
      ObjectNode node = epochs.addObject();
      putNumber(node, "loss", epoch.loss());
      putNumber(node, "rateFactor", epoch.rateFactor());
      putNumber(node, "validationLoss", epoch.validationLoss());
      putNumber(node, "validationAccuracy", epoch.validationAccuracy());
    }
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    texts.put(NUMERICS, Integer.toString(Lanes.numerics()));
    texts.put(SETTINGS, settings);
    texts.put(PROGRESS, JSON.writeValueAsString(progress));
    tensors.putAll(trainer.annotations.tensors());
    texts.putAll(trainer.annotations.texts());
    return SafeTensors.of(tensors, texts);
  }

  /** Refuses annotations that have a name of the checkpoint's own. */
  static void checkNames(Annotations annotations, Session session, BestState best) {
    Set<String> own = new HashSet<>(session.tensors().keySet());
    if (best != null) {
      best.tensors().keySet().forEach(name -> own.add(BEST + name));
    }
    checkNames(annotations.tensors().keySet(), own);
    checkNames(annotations.texts().keySet(), Set.of(NUMERICS, SETTINGS, PROGRESS));
  }

  private static void checkNames(Set<String> names, Set<String> own) {
    for (String name : names) {
      if (own.contains(name)) {
        throw new IllegalArgumentException(
            "Annotations: %s is a name of the checkpoint's own".formatted(name));
      }
    }
  }

  /** JSON has no NaN and no infinity: absent is NaN, and an infinite loss is no loss yet. */
  private static void putNumber(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }

  /** Refuses the checkpoint of a run by other settings. */
  static void check(SafeTensors content, Path file, Match match, String settings)
      throws DataException {
    String written = text(content, file, SETTINGS);
    if (!match.compared(written).equals(match.compared(settings))) {
      throw new DataException(
          "%s: the checkpoint is of a run by %s; this one is by %s"
              .formatted(file, written, settings));
    }
  }

  /**
   * Takes a session, and what it was at its best, back to a checkpoint.
   *
   * @throws DataException if it is that of another run; nothing is written then
   */
  static Progress restore(SafeTensors content, Path file, Session session, BestState best)
      throws DataException {
    Map<FloatMatrix, FloatMatrix> copies = new LinkedHashMap<>();
    addCopies(content, file, "", session.tensors(), copies);
    if (best != null) {
      addCopies(content, file, BEST, best.tensors(), copies);
    }
    JsonNode progress = json(content, file, PROGRESS);
    List<History.Epoch> epochs = epochs(progress, file);
    long steps = integer(progress, "steps", Long.MAX_VALUE, file);
    int bestEpoch = best == null ? 0 : (int) integer(progress, "bestEpoch", epochs.size(), file);
    warnOfNumerics(text(content, file, NUMERICS), file);
    copies.forEach(Tensors::copy);
    session.resumeAt(steps);
    if (best != null) {
      JsonNode loss = progress.path("bestLoss");
      best.resume(loss.isNumber() ? loss.asDouble() : Double.POSITIVE_INFINITY, bestEpoch);
    }
    return new Progress(epochs, progress.path("ended").asBoolean(false));
  }

  private static void addCopies(
      SafeTensors content,
      Path file,
      String prefix,
      Map<String, FloatMatrix> wanted,
      Map<FloatMatrix, FloatMatrix> copies)
      throws DataException {
    for (Map.Entry<String, FloatMatrix> entry : wanted.entrySet()) {
      copies.put(
          tensor(content, file, prefix + entry.getKey(), entry.getValue()), entry.getValue());
    }
  }

  /** A tensor that is there and has the shape. */
  static FloatMatrix tensor(SafeTensors content, Path file, String name, FloatMatrix like)
      throws DataException {
    Tensor tensor = content.tensors().get(name);
    List<Integer> shape = List.of(like.rows(), like.columns());
    if (tensor == null || !tensor.shape().equals(shape)) {
      throw new DataException(
          "%s: tensor %s is %s; expected a shape of %s"
              .formatted(file, name, tensor == null ? "absent" : tensor.shape(), shape));
    }
    return tensor.elements();
  }

  static String text(SafeTensors content, Path file, String name) throws DataException {
    String text = content.metadata().get(name);
    if (text == null) {
      throw new DataException(
          "%s: its metadata have no %s; expected a checkpoint of Lanewise".formatted(file, name));
    }
    return text;
  }

  static JsonNode json(SafeTensors content, Path file, String name) throws DataException {
    try {
      return JSON.readTree(text(content, file, name));
    } catch (JacksonException e) {
      throw new DataException(
          "%s: %s is no JSON: %s".formatted(file, name, e.getOriginalMessage()), e);
    }
  }

  private static List<History.Epoch> epochs(JsonNode progress, Path file) throws DataException {
    JsonNode list = progress.path("epochs");
    if (!list.isArray()) {
      throw new DataException(file + ": " + PROGRESS + " has no list of epochs");
    }
    List<History.Epoch> epochs = new ArrayList<>();
    for (JsonNode node : list) {
      epochs.add(
          new History.Epoch(
              epochs.size() + 1,
              number(node, "loss"),
              number(node, "rateFactor"),
              number(node, "validationLoss"),
              number(node, "validationAccuracy")));
    }
    return epochs;
  }

  private static double number(JsonNode node, String name) {
    return node.path(name).isNumber() ? node.path(name).asDouble() : Double.NaN;
  }

  private static long integer(JsonNode node, String name, long most, Path file)
      throws DataException {
    JsonNode value = node.path(name);
    boolean isWhole = value.isIntegralNumber() && value.canConvertToLong();
    if (!isWhole || value.asLong() < 0 || value.asLong() > most) {
      throw new DataException(
          "%s: %s of %s is %s; expected a whole number from 0 to %d"
              .formatted(file, name, PROGRESS, value.isMissingNode() ? "absent" : value, most));
    }
    return value.asLong();
  }

  private static void warnOfNumerics(String written, Path file) {
    if (!written.equals(Integer.toString(Lanes.numerics()))) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} was written by numerics {1}, and this is numerics {2}: results may differ in bits",
          file,
          written,
          Lanes.numerics());
    }
  }
}

package dev.lanewise.learn.tune;

import dev.lanewise.learn.tune.Outcome.Status;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of a journal, each a JSON object: first the study, then an event each.
 *
 * <pre>
 * {"journal":"lanewise study","version":1,"space":"rate: logUniform(1.0E-4, 1.0)", ...}
 * {"trial":3,"budget":1,"event":"started","parameters":{"rate":0.01}}
 * {"trial":3,"budget":1,"event":"finished","score":0.97,"reports":[[1,0.9],[2,0.97]]}
 * {"trial":4,"budget":1,"event":"failed","error":"java.io.IOException: ...","reports":[]}
 * </pre>
 */
final class JournalRecords {
  private static final String STARTED = "started";
  private static final int VERSION = 1;

  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A line that is none of a journal; the message says why. */
  static final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    Damage(String message) {
      super(message);
    }
  }

  /** A trial starts or has ended at a budget. */
  sealed interface Event {
    int trial();

    int budget();
  }

  /**
   * A trial starts.
   *
   * @param parameters its assignment as JSON
   */
  record Started(int trial, int budget, String parameters) implements Event {}

  /** A trial has ended: an {@link Outcome} without its assignment. */
  record Ended(
      int trial, int budget, Status status, double score, String error, List<Report> reports)
      implements Event {}

  private JournalRecords() {}

  /** The first line. */
  static ObjectNode header(Study study) {
    return JSON.createObjectNode()
        .put("journal", "lanewise study")
        .put("version", VERSION)
        .put("space", study.space.toString())
        .put("sampler", study.sampler.name())
        .put("seed", study.seed)
        .put("goal", study.goal.name().toLowerCase(Locale.ROOT))
        .put("description", study.description);
  }

  static ObjectNode started(Proposal proposal) {
    ObjectNode record = event(proposal.trial(), proposal.budget(), STARTED);
    return record.set("parameters", parameters(proposal.assignment()));
  }

  static ObjectNode parameters(Assignment assignment) {
    ObjectNode values = JSON.createObjectNode();
    for (Map.Entry<String, Object> value : assignment.values().entrySet()) {
      switch (value.getValue()) {
        case Double number -> values.put(value.getKey(), number);
        case Integer number -> values.put(value.getKey(), number);
        case Object text -> values.put(value.getKey(), text.toString());
      }
    }
    return values;
  }

  static ObjectNode ended(Outcome outcome) {
    ObjectNode record = event(outcome.trial(), outcome.budget(), word(outcome.status()));
    if (outcome.status() == Status.FINISHED) {
      record.put("score", outcome.score());
    } else {
      record.put("error", outcome.error());
    }
    ArrayNode reports = record.putArray("reports");
    outcome.reports().forEach(report -> reports.addArray().add(report.step()).add(report.score()));
    return record;
  }

  private static ObjectNode event(int trial, int budget, String word) {
    return JSON.createObjectNode().put("trial", trial).put("budget", budget).put("event", word);
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The object that a line is. */
  static JsonNode parse(byte[] line) throws Damage {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw new Damage("it is no JSON object");
      }
      return node;
    } catch (CharacterCodingException e) {
      throw new Damage("it is no UTF-8");
    } catch (JacksonException e) {
      throw new Damage("it is no JSON: " + e.getOriginalMessage());
    }
  }

  static Event event(JsonNode record) throws Damage {
    int trial = atLeast(0, record, "trial");
    int budget = atLeast(1, record, "budget");
    String word = text(record, "event");
    if (word.equals(STARTED)) {
      return new Started(trial, budget, property(record, "parameters").toString());
    }
    for (Status status : Status.values()) {
      if (word.equals(word(status))) {
        boolean finished = status == Status.FINISHED;
        double score = finished ? number(record, "score") : Double.NaN;
        String error = finished ? "" : text(record, "error");
        return new Ended(trial, budget, status, score, error, reports(record));
      }
    }
    throw new Damage("\"event\" is \"%s\"".formatted(word));
  }

  private static List<Report> reports(JsonNode record) throws Damage {
    List<Report> reports = new ArrayList<>();
    for (JsonNode report : property(record, "reports")) {
      if (!report.isArray() || report.size() != 2) {
        throw new Damage("\"reports\" has %s; expected [step, score]".formatted(report));
      }
      ObjectNode named = JSON.createObjectNode();
      named.set("step", report.get(0));
      named.set("score", report.get(1));
      Report next = new Report(integer(named, "step"), number(named, "score"));
      if (!reports.isEmpty() && next.step() <= reports.getLast().step()) {
        throw new Damage(
            "\"reports\" has step %d after step %d"
                .formatted(next.step(), reports.getLast().step()));
      }
      reports.add(next);
    }
    return reports;
  }

  static JsonNode property(JsonNode record, String name) throws Damage {
    JsonNode value = record.get(name);
    if (value == null) {
      throw new Damage("\"%s\" is missing".formatted(name));
    }
    return value;
  }

  static int integer(JsonNode record, String name) throws Damage {
    JsonNode value = property(record, name);
    if (!value.isInt()) {
      throw new Damage("\"%s\" is %s; expected an integer".formatted(name, value));
    }
    return value.intValue();
  }

  private static int atLeast(int least, JsonNode record, String name) throws Damage {
    int value = integer(record, name);
    if (value < least) {
      throw new Damage("\"%s\" is %d; it must be at least %d".formatted(name, value, least));
    }
    return value;
  }

  static double number(JsonNode record, String name) throws Damage {
    JsonNode value = property(record, name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new Damage("\"%s\" is %s; expected a finite number".formatted(name, value));
    }
    return value.doubleValue();
  }

  static String text(JsonNode record, String name) throws Damage {
    JsonNode value = property(record, name);
    if (!value.isString()) {
      throw new Damage("\"%s\" is %s; expected a text".formatted(name, value));
    }
    return value.stringValue();
  }
}

package dev.lanewise.learn.tune;

import dev.lanewise.learn.tune.JsonLine.Damage;
import dev.lanewise.learn.tune.Outcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of a study's journal: first the study, then an event each.
 *
 * <pre>
 * {"journal":"lanewise study","version":1,"space":"rate: logUniform(1.0E-4, 1.0)", ...}
 * {"trial":3,"budget":1,"event":"started","parameters":{"rate":0.01}}
 * {"trial":3,"budget":1,"event":"finished","score":0.97,"reports":[[1,0.9],[2,0.97]]}
 * {"trial":4,"budget":1,"event":"failed","error":"java.io.IOException: ...","reports":[]}
 * </pre>
 */
final class TrialRecords {
  private static final String STARTED = "started";
  private static final int VERSION = 1;

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

  private TrialRecords() {}

  /** The first line. */
  static ObjectNode header(Study study) {
    return JsonLine.newObject()
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
    return record.set("parameters", JsonLine.values(proposal.assignment()));
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
    return JsonLine.newObject().put("trial", trial).put("budget", budget).put("event", word);
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Event event(JsonLine line) throws Damage {
    int trial = atLeast(0, line, "trial");
    int budget = atLeast(1, line, "budget");
    String word = line.text("event");
    if (word.equals(STARTED)) {
      return new Started(trial, budget, line.property("parameters").toString());
    }
    for (Status status : Status.values()) {
      if (word.equals(word(status))) {
        boolean finished = status == Status.FINISHED;
        double score = finished ? line.number("score") : Double.NaN;
        String error = finished ? "" : line.text("error");
        return new Ended(trial, budget, status, score, error, reports(line));
      }
    }
    throw new Damage("\"event\" is \"%s\"".formatted(word));
  }

  private static List<Report> reports(JsonLine line) throws Damage {
    List<Report> reports = new ArrayList<>();
    for (JsonNode report : line.property("reports")) {
      if (!report.isArray() || report.size() != 2) {
        throw new Damage("\"reports\" has %s; expected [step, score]".formatted(report));
      }
      ObjectNode pair = JsonLine.newObject();
      pair.set("step", report.get(0));
      pair.set("score", report.get(1));
      JsonLine named = new JsonLine(pair);
      Report next = new Report(named.integer("step"), named.number("score"));
      if (!reports.isEmpty() && next.step() <= reports.getLast().step()) {
        throw new Damage(
            "\"reports\" has step %d after step %d"
                .formatted(next.step(), reports.getLast().step()));
      }
      reports.add(next);
    }
    return reports;
  }

  private static int atLeast(int least, JsonLine line, String name) throws Damage {
    int value = line.integer(name);
    if (value < least) {
      throw new Damage("\"%s\" is %d; it must be at least %d".formatted(name, value, least));
    }
    return value;
  }
}

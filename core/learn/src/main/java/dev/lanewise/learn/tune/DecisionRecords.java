package dev.lanewise.learn.tune;

import dev.lanewise.learn.tune.JournalRecords.Damage;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of a babysitter's journal, each a JSON object: first what is babysat, then a decision
 * each.
 *
 * <pre>
 * {"journal":"lanewise babysat run","version":1,"space":"rate: logUniform(1.0E-4, 1.0)", ...}
 * {"decision":0,"epoch":0,"epochs":0,"after":2.31,"kept":true}
 * {"decision":1,"epoch":0,"epochs":2,"before":2.31,"after":1.94,"kept":true}
 * {"decision":2,"epoch":2,"epochs":2,"parameter":"rate","from":0.01,"to":0.025, ...}
 * {"decision":3,"epoch":4,"epochs":2, ... "before":1.2,"error":"the loss is NaN","kept":false}
 * </pre>
 */
final class DecisionRecords {
  static final String USER = "babysat run";

  private static final int VERSION = 1;

  private DecisionRecords() {}

  /** The first line. */
  static ObjectNode header(Babysitter babysitter) {
    ObjectNode header = beginning().put("space", babysitter.space.toString());
    header.set("start", JournalRecords.parameters(babysitter.start));
    return header
        .put("interval", babysitter.interval)
        .put("step", babysitter.step)
        .put("goal", babysitter.goal.name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode beginning() {
    return JournalRecords.JSON
        .createObjectNode()
        .put("journal", "lanewise " + USER)
        .put("version", VERSION);
  }

  /** Refuses a first line that is of no such journal. */
  static void checkHeader(JsonNode record) throws Damage {
    ObjectNode expected = beginning();
    for (String name : expected.propertyNames()) {
      JsonNode value = JournalRecords.property(record, name);
      if (!value.equals(expected.get(name))) {
        throw new Damage("\"%s\" is %s; expected %s".formatted(name, value, expected.get(name)));
      }
    }
  }

  static ObjectNode record(Decision decision) {
    ObjectNode record =
        JournalRecords.JSON
            .createObjectNode()
            .put("decision", decision.number())
            .put("epoch", decision.epoch())
            .put("epochs", decision.epochs());
    decision
        .nudge()
        .ifPresent(
            nudge -> {
              record.put("parameter", nudge.parameter());
              put(record, "from", nudge.from());
              put(record, "to", nudge.to());
            });
    if (decision.number() > 0) {
      record.put("before", decision.before());
    }
    if (decision.error().isEmpty()) {
      record.put("after", decision.after());
    } else {
      record.put("error", decision.error());
    }
    return record.put("kept", decision.kept());
  }

  private static void put(ObjectNode record, String name, Object value) {
    if (value instanceof Integer integer) {
      record.put(name, integer);
    } else {
      record.put(name, (Double) value);
    }
  }

  static Decision decision(JsonNode record) throws Damage {
    int number = JournalRecords.integer(record, "decision");
    String error = record.has("error") ? JournalRecords.text(record, "error") : "";
    return new Decision(
        number,
        JournalRecords.integer(record, "epoch"),
        JournalRecords.integer(record, "epochs"),
        nudge(record),
        number > 0 ? JournalRecords.number(record, "before") : Double.NaN,
        error.isEmpty() ? JournalRecords.number(record, "after") : Double.NaN,
        error,
        kept(record));
  }

  private static Optional<Nudge> nudge(JsonNode record) throws Damage {
    return record.has("parameter")
        ? Optional.of(
            new Nudge(
                JournalRecords.text(record, "parameter"),
                value(record, "from"),
                value(record, "to")))
        : Optional.empty();
  }

  private static Object value(JsonNode record, String name) throws Damage {
    double number = JournalRecords.number(record, name);
    return record.get(name).isInt() ? (Object) record.get(name).intValue() : (Object) number;
  }

  private static boolean kept(JsonNode record) throws Damage {
    JsonNode kept = JournalRecords.property(record, "kept");
    if (!kept.isBoolean()) {
      throw new Damage("\"kept\" is %s; expected true or false".formatted(kept));
    }
    return kept.booleanValue();
  }
}

package dev.lanewise.learn.tune;

import dev.lanewise.learn.tune.JsonLine.Damage;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lines of a babysitter's journal: first what is babysat, then a decision each.
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
    header.set("start", JsonLine.values(babysitter.start));
    return header
        .put("interval", babysitter.interval)
        .put("step", babysitter.step)
        .put("goal", babysitter.goal.name().toLowerCase(Locale.ROOT));
  }

  private static ObjectNode beginning() {
    return JsonLine.newObject().put("journal", "lanewise " + USER).put("version", VERSION);
  }

  /** Refuses a first line that is of no such journal. */
  static void checkHeader(JsonLine line) throws Damage {
    ObjectNode expected = beginning();
    for (String name : expected.propertyNames()) {
      JsonNode value = line.property(name);
      if (!value.equals(expected.get(name))) {
        throw new Damage("\"%s\" is %s; expected %s".formatted(name, value, expected.get(name)));
      }
    }
  }

  static ObjectNode record(Decision decision) {
    ObjectNode record =
        JsonLine.newObject()
            .put("decision", decision.number())
            .put("epoch", decision.epoch())
            .put("epochs", decision.epochs());
    decision
        .nudge()
        .ifPresent(
            nudge -> {
              record.put("parameter", nudge.parameter());
              JsonLine.put(record, "from", nudge.from());
              JsonLine.put(record, "to", nudge.to());
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

  static Decision decision(JsonLine line) throws Damage {
    int number = line.integer("decision");
    String error = line.has("error") ? line.text("error") : "";
    return new Decision(
        number,
        line.integer("epoch"),
        line.integer("epochs"),
        nudge(line),
        number > 0 ? line.number("before") : Double.NaN,
        error.isEmpty() ? line.number("after") : Double.NaN,
        error,
        kept(line));
  }

  private static Optional<Nudge> nudge(JsonLine line) throws Damage {
    return line.has("parameter")
        ? Optional.of(new Nudge(line.text("parameter"), value(line, "from"), value(line, "to")))
        : Optional.empty();
  }

  private static Object value(JsonLine line, String name) throws Damage {
    double number = line.number(name);
    JsonNode node = line.property(name);
    return node.isInt() ? (Object) node.intValue() : (Object) number;
  }

  private static boolean kept(JsonLine line) throws Damage {
    JsonNode kept = line.property("kept");
    if (!kept.isBoolean()) {
      throw new Damage("\"kept\" is %s; expected true or false".formatted(kept));
    }
    return kept.booleanValue();
  }
}

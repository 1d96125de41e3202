package dev.lanewise.learn.tune;

import dev.lanewise.learn.internal.Checks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small change of one parameter of a {@link Babysitter}.
 *
 * @param parameter the parameter
 * @param from its value before, a Double or an Integer
 * @param to its value during the interval
 */
public record Nudge(String parameter, Object from, Object to) {
  /** Nothing is null. */
  public Nudge {
    Checks.notNull("Nudge", "parameter", parameter);
    Checks.notNull("Nudge", "from", from);
    Checks.notNull("Nudge", "to", to);
  }

  Assignment appliedTo(Assignment settings) {
    Map<String, Object> values = new LinkedHashMap<>(settings.values());
    values.put(parameter, to);
    return new Assignment(values);
  }

  /** Such as {@code rate 0.01 -> 0.025}. */
  @Override
  public String toString() {
    return "%s %s -> %s".formatted(parameter, from, to);
  }
}

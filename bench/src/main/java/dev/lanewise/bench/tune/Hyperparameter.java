package dev.lanewise.bench.tune;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Space;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * An option of {@code train} as a study has it: {@code VALUE}, which fixes it, a range {@code
 * LOW:HIGH}, or {@code A,B,...}, some values.
 *
 * @param option the option
 * @param kind what its values are
 * @param values both ends of a range, or all values
 * @param isRange whether it is a range
 */
record Hyperparameter(String option, Kind kind, List<String> values, boolean isRange) {
  /** Copies the list. */
  Hyperparameter {
    values = List.copyOf(values);
  }

  /**
   * Reads what a user gave.
   *
   * @throws IllegalArgumentException if it is nothing of this kind
   */
  static Hyperparameter of(String option, Kind kind, String text) {
    String[] ends = text.split(":", -1);
    boolean range =
        kind != Kind.NAME && ends.length == 2 && Kind.isNumber(ends[0]) && Kind.isNumber(ends[1]);
    List<String> values = new ArrayList<>();
    for (String value : range ? ends : text.split(",", -1)) {
      try {
        kind.check(option, value);
        values.add(kind.canonical(value));
      } catch (NumberFormatException e) {
        throw Limits.expected(option, text, kind.expected());
      }
    }
    if (range && !(Double.parseDouble(ends[0]) < Double.parseDouble(ends[1]))) {
      throw Limits.expected(option, text, "a range LOW:HIGH with LOW below HIGH");
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw Limits.expected(option, text, "values that differ");
    }
    if (kind == Kind.LAYERS && !range && values.size() > 1) {
      throw Limits.expected(option, text, kind.expected());
    }
    return new Hyperparameter(option, kind, values, range);
  }

  /** The parameter's name in a space. */
  String name() {
    return option.substring(2);
  }

  /** Whether there is nothing to choose. */
  boolean isFixed() {
    return values.size() == 1;
  }

  /** A space with this too, by some name, unless it is fixed. */
  Space addedTo(Space space, String name) {
    if (isFixed()) {
      return space;
    }
    return isRange
        ? kind.with(space, name, values.getFirst(), values.getLast())
        : space.choice(name, values.toArray(String[]::new));
  }

  /** What the command {@code train} is given in a trial where it exists. */
  String argument(Assignment assignment, String name) {
    return kind.argument(isFixed() ? values.getFirst() : assignment.values().get(name).toString());
  }

  /** Of whole numbers the least one. */
  int least() {
    return values.stream().mapToInt(Integer::parseInt).min().orElseThrow();
  }

  /** Of whole numbers the greatest one. */
  int greatest() {
    return values.stream().mapToInt(Integer::parseInt).max().orElseThrow();
  }
}

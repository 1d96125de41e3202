package dev.lanewise.bench.tune;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.bench.train.TrainingOptions;
import dev.lanewise.learn.tune.Space;
import java.util.List;

/** What an option's values are, and on which scale a range of them is searched. */
enum Kind {
  /** Numbers above 0, such as learning rates, on a logarithmic scale. */
  RATE("a number above 0, a range such as 1e-4:1, or some numbers such as 0.001,0.01") {
    @Override
    void check(String option, String value) {
      Limits.positive(option, Double.parseDouble(value));
    }

    @Override
    Space with(Space space, String name, String low, String high) {
      return space.logUniform(name, Double.parseDouble(low), Double.parseDouble(high));
    }
  },

  /** Weights of averages: the scale is logarithmic in 1 minus the number. */
  AVERAGE("a number from 0 to 1, a range such as 0.9:0.999, or some numbers such as 0.9,0.99") {
    @Override
    void check(String option, String value) {
      Limits.belowOne(option, Double.parseDouble(value));
    }

    @Override
    Space with(Space space, String name, String low, String high) {
      return space.oneMinusLogUniform(name, Double.parseDouble(low), Double.parseDouble(high));
    }
  },

  /** Probabilities, on their own scale. */
  PROBABILITY("a number from 0 to 1, a range such as 0:0.5, or some numbers such as 0,0.2") {
    @Override
    void check(String option, String value) {
      Limits.belowOne(option, Double.parseDouble(value));
    }

    @Override
    Space with(Space space, String name, String low, String high) {
      return space.uniform(name, Double.parseDouble(low), Double.parseDouble(high));
    }
  },

  /** Whole numbers of at least 1, on a logarithmic scale. */
  SIZE("a whole number of at least 1, a range such as 16:256, or some numbers such as 32,64") {
    @Override
    void check(String option, String value) {
      Limits.atLeastOne(option, Integer.parseInt(value));
    }

    @Override
    Space with(Space space, String name, String low, String high) {
      return space.logInteger(name, Integer.parseInt(low), Integer.parseInt(high));
    }

    @Override
    String canonical(String value) {
      return Integer.toString(Integer.parseInt(value));
    }
  },

  /** Numbers of layers. */
  LAYERS("a whole number from 0 to 20, or a range such as 1:3") {
    @Override
    void check(String option, String value) {
      int layers = Integer.parseInt(value);
      if (layers < 0 || layers > MOST_LAYERS) {
        throw Limits.expected(option, value, expected());
      }
    }

    @Override
    Space with(Space space, String name, String low, String high) {
      return space.integer(name, Integer.parseInt(low), Integer.parseInt(high));
    }

    @Override
    String canonical(String value) {
      return Integer.toString(Integer.parseInt(value));
    }
  },

  /** Names that the command {@code train} knows. */
  NAME("a name, or some such as adam,momentum") {
    @Override
    void check(String option, String value) {
      TrainingOptions.of(List.of(option, value));
    }

    @Override
    Space with(Space space, String name, String low, String high) {
      throw new IllegalStateException(name + " has no ranges");
    }
  },

  /** Rates of inverse decay, or forms of decay by name. */
  DECAY("a rate of inverse decay, a range of rates such as 0.001:1, or forms such as none,cosine") {
    @Override
    void check(String option, String value) {
      TrainingOptions.of(List.of(option, argument(value)));
    }

    @Override
    Space with(Space space, String name, String low, String high) {
      return RATE.with(space, name, low, high);
    }

    @Override
    String argument(String value) {
      return isNumber(value) ? "inverse:" + value : value;
    }
  };

  private static final int MOST_LAYERS = 20;

  private final String expected;

  Kind(String expected) {
    this.expected = expected;
  }

  /** What to give. */
  String expected() {
    return expected;
  }

  /**
   * Refuses a value that is none.
   *
   * @throws IllegalArgumentException if it is none of this kind
   */
  abstract void check(String option, String value);

  /** A space with a range of this kind. */
  abstract Space with(Space space, String name, String low, String high);

  /** The same text for the same value, however it was written. */
  String canonical(String value) {
    return isNumber(value) ? Double.toString(Double.parseDouble(value)) : value;
  }

  /** What the command {@code train} is given for a value. */
  String argument(String value) {
    return value;
  }

  /** Whether a text is a number. */
  static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

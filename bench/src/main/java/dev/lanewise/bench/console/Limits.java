package dev.lanewise.bench.console;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an option's number may be, and how often an option may be there. */
public final class Limits {
  private Limits() {}

  /**
   * Of an option that is there twice in a group, picocli would forget the whole group.
   *
   * @param words a command line
   * @throws IllegalArgumentException if an option is there twice
   */
  public static void checkOnce(List<String> words) {
    Set<String> seen = new HashSet<>();
    for (String word : words) {
      String name = word.replaceFirst("=.*", "");
      if (name.startsWith("--") && !seen.add(name)) {
        throw new IllegalArgumentException(name + " is there twice; expected it once");
      }
    }
  }

  /**
   * A count.
   *
   * @param option its name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw expected(option, value, "at least 1");
    }
    return value;
  }

  /**
   * A number that stays above 0 as a float.
   *
   * @param option its name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is none
   */
  public static double positive(String option, double value) {
    if (!((float) value > 0) || Float.isInfinite((float) value)) {
      throw expected(option, value, "a number above 0");
    }
    return value;
  }

  /**
   * A share.
   *
   * @param option its name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is negative, or 1 or more as a float
   */
  public static double belowOne(String option, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      throw expected(option, value, "0 or more and less than 1");
    }
    return value;
  }

  /**
   * What to throw.
   *
   * @param option its name
   * @param value its value
   * @param expected what it should be
   * @return an exception that says so
   */
  public static IllegalArgumentException expected(String option, Object value, String expected) {
    return new IllegalArgumentException("%s: %s; expected %s".formatted(option, value, expected));
  }
}

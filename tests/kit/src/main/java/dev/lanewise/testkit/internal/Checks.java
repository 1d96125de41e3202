package dev.lanewise.testkit.internal;

/**
 * Checks of single arguments. Each takes what checks it, with which the message begins, and the
 * argument's name, and gives the argument back.
 */
public final class Checks {
  private Checks() {}

  /**
   * Refuses null.
   *
   * @param <T> the type of argument
   * @param what what checks it
   * @param name the argument's name
   * @param value the argument
   * @return the argument
   * @throws NullPointerException if it is null
   */
  public static <T> T notNull(String what, String name, T value) {
    if (value == null) {
      throw new NullPointerException(what + ": " + name + " is null");
    }
    return value;
  }

  /**
   * Refuses numbers below a least one.
   *
   * @param what what checks it
   * @param name the argument's name
   * @param value the argument
   * @param least the smallest value that is right
   * @return the argument
   * @throws IllegalArgumentException if it is less
   */
  public static int atLeast(String what, String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be at least " + least);
    }
    return value;
  }

  /**
   * Refuses an index outside [0, size).
   *
   * @param what what checks it
   * @param name the index's name
   * @param index the index
   * @param size the number of places
   * @return the index
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public static int index(String what, String name, int index, int size) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          what + ": " + name + " is " + index + "; it must be in [0, " + size + ")");
    }
    return index;
  }

  /**
   * Refuses NaN and infinities, of which every later comparison would hold or none.
   *
   * @param what what checks it
   * @param name the argument's name
   * @param value the argument
   * @return the argument
   * @throws IllegalArgumentException if it is not finite
   */
  public static double finite(String what, String name, double value) {
    return within(what, name, value, -Double.MAX_VALUE, "it must be finite");
  }

  /**
   * Refuses NaN, infinities and numbers below 0.
   *
   * @param what what checks it
   * @param name the argument's name
   * @param value the argument
   * @return the argument
   * @throws IllegalArgumentException if it is not finite or less than 0
   */
  public static double notNegative(String what, String name, double value) {
    return within(what, name, value, 0, "it must be finite and at least 0");
  }

  private static double within(String what, String name, double value, double least, String rule) {
    if (!(value >= least && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(what + ": " + name + " is " + value + "; " + rule);
    }
    return value;
  }
}

package dev.lanewise.learn.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Refusals of null and of numbers, each naming the type or operation and the argument. */
public final class Checks {
  /** What an array can hold on every JVM. */
  public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Checks() {}

  /**
   * Refuses null.
   *
   * @param <T> its type
   * @param what the type or the operation
   * @param name the argument
   * @param argument its value
   * @return the value
   * @throws NullPointerException if the value is null
   */
  public static <T> T notNull(String what, String name, T argument) {
    if (argument == null) {
      throw new NullPointerException(what + ": " + name + " is null");
    }
    return argument;
  }

  /**
   * Copies a list.
   *
   * @param <T> the type of its elements
   * @param what the type or the operation
   * @param name the argument
   * @param list the list
   * @return a copy, which cannot be changed
   * @throws NullPointerException if the list, or an element, is null
   */
  public static <T> List<T> copy(String what, String name, List<? extends T> list) {
    int index = 0;
    for (T element : notNull(what, name, list)) {
      if (element == null) {
        throw new NullPointerException("%s: %s[%d] is null".formatted(what, name, index));
      }
      index++;
    }
    return List.copyOf(list);
  }

  /**
   * Copies an array.
   *
   * @param <T> the type of its elements
   * @param what the type or the operation
   * @param name the argument
   * @param array the array
   * @return its elements, which cannot be changed
   * @throws NullPointerException if the array, or an element, is null
   */
  public static <T> List<T> copy(String what, String name, T[] array) {
    return copy(what, name, Arrays.asList(notNull(what, name, array)));
  }

  /**
   * Copies a map.
   *
   * @param <V> the type of its values
   * @param what the type or the operation
   * @param name the argument
   * @param map the map
   * @return a copy in the same order, which cannot be changed
   * @throws NullPointerException if the map, a key or a value is null
   */
  public static <V> SequencedMap<String, V> copy(
      String what, String name, SequencedMap<String, ? extends V> map) {
    notNull(what, name, map);
    for (Map.Entry<String, ? extends V> entry : map.entrySet()) {
      notNull(what, "a key of the " + name, entry.getKey());
      if (entry.getValue() == null) {
        throw new NullPointerException(
            "%s: %s of the %s is null".formatted(what, entry.getKey(), name));
      }
    }
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /**
   * Refuses a number below 1.
   *
   * @param what the type or the operation
   * @param name the argument
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is below 1
   */
  public static int atLeastOne(String what, String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be at least 1");
    }
    return value;
  }

  /**
   * Refuses a number that is negative, NaN or infinite.
   *
   * @param what the type or the operation
   * @param name the argument
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is negative, NaN or infinite
   */
  public static double finiteNotNegative(String what, String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be finite and at least 0");
    }
    return value;
  }

  /**
   * Refuses a number that is 0, negative, NaN or infinite.
   *
   * @param what the type or the operation
   * @param name the argument
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is 0, negative, NaN or infinite
   */
  public static double finitePositive(String what, String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be finite and above 0");
    }
    return value;
  }

  /**
   * Refuses a number outside [0, 1) as a float.
   *
   * @param what the type or the operation
   * @param name the argument
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is negative, NaN, or as a float not below 1
   */
  public static double belowOne(String what, String name, double value) {
    if (!(value >= 0 && (float) value < 1)) {
      throw new IllegalArgumentException(
          what + ": " + name + " is " + value + "; it must be at least 0 and below 1");
    }
    return value;
  }
}

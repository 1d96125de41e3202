package dev.lanewise.learn.data;

import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The names of classes, each at its index. */
final class ClassNames {
  private ClassNames() {}

  /** A copy, if no name is there twice. */
  static List<String> copy(String what, List<String> names) {
    List<String> copy = Checks.copy(what, "classes", names);
    Set<String> seen = new HashSet<>();
    for (String name : copy) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "%s: the class \"%s\" is there twice; classes must differ".formatted(what, name));
      }
    }
    return copy;
  }

  /** The names 0, 1, ... of classes that are known by their indices. */
  static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** By value if all are integers, else by text. */
  static List<String> inOrder(Collection<String> names) {
    List<String> sorted = new ArrayList<>(names);
    Comparator<String> byText = Comparator.naturalOrder();
    Comparator<String> byValue = Comparator.comparingLong(Long::parseLong);
    boolean integers = names.stream().allMatch(ClassNames::isInteger);
    sorted.sort(integers ? byValue.thenComparing(byText) : byText);
    return List.copyOf(sorted);
  }

  private static boolean isInteger(String text) {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

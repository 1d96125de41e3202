package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Matrices without rows or columns, and products over nothing, in every layout. */
@EveryFork
class EmptyShapeTest {
  @Test
  void everyOperationTakesThem() {
    List<Subject> subjects = new ArrayList<>();
    for (int extent : new int[] {1, 5, 70, 130}) {
      subjects.addAll(Subjects.withoutColumns(extent));
      subjects.addAll(Subjects.withoutRows(extent));
    }
    for (Subject subject : subjects) {
      for (Layout layout : Layout.values()) {
        Agreement.check(subject, List.of(layout), Values.ORDINARY, 1);
      }
    }
  }
}

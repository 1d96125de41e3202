package dev.lanewise.suite.bits;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.Workers;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates, arithmetic and dropout that several threads share, against what knows of none. */
class SharedElementsTest {
  private static final List<Layout> LAYOUTS =
      List.of(Layout.DENSE, Layout.PADDED, Layout.STRIDED, Layout.COLUMN_MAJOR);

  private static List<Subject> subjects(Workers workers) {
    List<Subject> subjects = new ArrayList<>();
    subjects.addAll(SubjectsOfUpdates.of(70_001).on(workers).all());
    subjects.addAll(SubjectsOfElements.of(301, 503).on(workers).all());
    return subjects;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void workersGiveTheBitsOfTheDefinition(int threads) {
    try (Workers workers = Workers.of(threads)) {
      for (Subject subject : subjects(workers)) {
        for (Layout layout : LAYOUTS) {
          Agreement.check(subject, List.of(layout), Values.WIDE, threads);
        }
      }
    }
  }

  /** Otherwise the comparison would be one of sequential code. */
  @Test
  void allOfThemAreShared() {
    AtomicInteger asked = new AtomicInteger();
    Workers workers = Workers.of(3, task -> asked.incrementAndGet());
    for (Subject subject : subjects(workers)) {
      for (Layout layout : LAYOUTS) {
        asked.set(0);
        subject.operation().run(subject.create(List.of(layout), Values.ORDINARY, new Mix(1)));
        assertTrue(asked.get() > 0, subject.name() + " " + layout);
      }
    }
  }
}

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

/** Normalisations that several threads share, against definitions that know of none. */
class SharedNormsTest {
  /** As many rows as make several chunks, the last of them incomplete. */
  private static final int ROWS = 1301;

  private static List<Subject> subjects(Workers workers) {
    List<Subject> subjects = new ArrayList<>();
    SubjectsOfBatchNorm matrix = SubjectsOfBatchNorm.ofMatrix(ROWS, 130).on(workers);
    SubjectsOfBatchNorm channels = SubjectsOfBatchNorm.ofChannels(2, 20, 3001).on(workers);
    for (SubjectsOfBatchNorm norm : List.of(matrix, channels)) {
      subjects.add(norm.inference(false, false));
      subjects.add(norm.forward(false, true));
      subjects.add(norm.backward(false, 1));
      subjects.addAll(norm.withoutSamples());
      subjects.addAll(norm.ofSamples());
    }
    subjects.addAll(SubjectsOfLayers.of(false, 301, 1501).on(workers).all());
    subjects.addAll(SubjectsOfLayers.of(true, 301, 1501).on(workers).all());
    subjects.add(SubjectsOfNorms.standardize(130, workers, 33, 0, 1100, 168));
    return subjects;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void workersGiveTheBitsOfTheDefinition(int threads) {
    try (Workers workers = Workers.of(threads)) {
      for (Subject subject : subjects(workers)) {
        for (Layout layout : List.of(Layout.PADDED, Layout.COLUMN_MAJOR)) {
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
      asked.set(0);
      subject.operation().run(subject.create(List.of(Layout.DENSE), Values.ORDINARY, new Mix(1)));
      assertTrue(asked.get() > 0, subject.name());
    }
  }
}

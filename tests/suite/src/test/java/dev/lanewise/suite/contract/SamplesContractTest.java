package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Workers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What batch normalisation with channels first refuses, each time with nothing written. */
class SamplesContractTest {
  private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

  private static final int SIZE = SamplesOperands.SIZE;
  private static final int C = SamplesOperands.C;
  private static final int L = SamplesOperands.L;
  private static final int ELEMENTS = SamplesOperands.ELEMENTS;

  private final SamplesOperands fit = new SamplesOperands();
  private final float[] array = fit.array;
  private final BatchStatistics statistics = new BatchStatistics(C);

  @BeforeEach
  void compute() {
    statistics.compute(batch(0));
  }

  private FloatBatch batch(int offset) {
    return fit.batch(offset);
  }

  private FloatSpan span(int number) {
    return fit.span(number);
  }

  static Stream<SamplesCall> writing() {
    return Stream.of(SamplesCall.values()).filter(SamplesCall::writes);
  }

  static Stream<SamplesCall> backward() {
    return Stream.of(SamplesCall.values()).filter(SamplesCall::isBackward);
  }

  static Stream<SamplesCall> calls() {
    return Stream.of(SamplesCall.values());
  }

  /** Refused with and without workers, and the statistics stay those that they were. */
  private void refused(SamplesCall call, Class<? extends RuntimeException> type, String... words) {
    double mean = statistics.mean(0);
    long samples = statistics.samples();
    try (Workers workers = Workers.of(2)) {
      for (Executable run :
          List.<Executable>of(
              () -> call.run(fit, statistics), () -> call.run(fit, statistics, workers))) {
        Refusal.leaving(List.of(array), type, run, words);
        Refusal.leaving(List.of(array), type, run, call.title + ": ");
      }
    }
    assertEquals(mean, statistics.mean(0));
    assertEquals(samples, statistics.samples());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void operandsThatFitAreAccepted(SamplesCall call) {
    assertDoesNotThrow(() -> call.run(fit, statistics));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void nullIsNamed(SamplesCall call) {
    Class<NullPointerException> type = NullPointerException.class;
    Refusal.leaving(
        List.of(array),
        type,
        () -> call.run(fit, statistics, null),
        call.title + ": workers is null");
    fit.x = null;
    refused(call, type, "X is null");
    fit.x = batch(0);
    if (call.writes()) {
      fit.out = null;
      refused(call, type, call.output() + " is null");
      fit.out = batch(2 * ELEMENTS);
    }
    if (call.readsStatistics()) {
      fit.variance = null;
      refused(call, type, "variance is null");
      fit.variance = span(3);
      fit.mean = null;
      refused(call, type, "mean is null");
      fit.mean = span(2);
    }
    if (call.isBackward()) {
      fit.dbeta = null;
      refused(call, type, "dbeta is null");
      fit.dgamma = null;
      refused(call, type, "dgamma is null");
      fit.dy = null;
      refused(call, type, "dY is null");
    }
  }

  @ParameterizedTest
  @MethodSource("writing")
  void aMatrixBesideABatchIsRefused(SamplesCall call) {
    FloatMatrix matrix = FloatMatrix.of(array, 2 * ELEMENTS, SIZE * L, C, C, 1); // as many of both
    String rule = "their shapes must be equal";
    fit.out = matrix;
    refused(call, REFUSED, "X is 2 times 3×4", call.output() + " is 8×3", rule);
    fit.out = batch(2 * ELEMENTS);
    fit.x = matrix;
    refused(call, REFUSED, "X is 8×3", "is 2 times 3×4", rule);
    if (call.isBackward()) {
      fit.x = batch(0);
      fit.dy = matrix;
      refused(call, REFUSED, "X is 2 times 3×4", "dY is 8×3", rule);
    }
  }

  @ParameterizedTest
  @MethodSource("writing")
  void otherExtentsAreRefused(SamplesCall call) {
    List<FloatBatch> others =
        List.of(
            FloatBatch.of(array, 2 * ELEMENTS, 1, 0, C, L, L, 1),
            FloatBatch.of(array, 2 * ELEMENTS, SIZE, 8, C - 1, L, L, 1),
            FloatBatch.of(array, 2 * ELEMENTS, SIZE, 9, C, L - 1, L - 1, 1),
            FloatBatch.of(array, 2 * ELEMENTS, 2 * SIZE, 6, C, L / 2, L / 2, 1)); // as many samples
    for (FloatBatch other : others) {
      String given = other.size() + " times " + other.rows() + "×" + other.columns();
      fit.out = other;
      refused(call, REFUSED, "X is 2 times 3×4", call.output() + " is " + given);
      fit.out = batch(2 * ELEMENTS);
      if (call.isBackward()) {
        fit.dy = other;
        refused(call, REFUSED, "X is 2 times 3×4", "dY is " + given);
        fit.dy = batch(ELEMENTS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void anotherNumberOfChannelsIsRefused(SamplesCall call) {
    FloatBatch more = FloatBatch.of(array, 0, SIZE, 16, 4, 4, 4, 1);
    fit.x = more;
    fit.dy = more;
    fit.out = FloatBatch.of(array, 2 * ELEMENTS - 8, SIZE, 16, 4, 4, 4, 1);
    refused(call, REFUSED, "X is 2 times 4×4", "is 3", "X's rows");
  }

  @ParameterizedTest
  @MethodSource("writing")
  void spansHaveAnElementForEachChannel(SamplesCall call) {
    FloatSpan other = FloatSpan.of(array, 3 * ELEMENTS, L); // as many as a row has columns
    String[] words = {"X is 2 times 3×4", "'s elements is 4", "X's rows"};
    if (call.readsStatistics()) {
      fit.mean = other;
      refused(call, REFUSED, "mean" + words[1], words[0], words[2]);
      fit.mean = span(2);
      fit.variance = other;
      refused(call, REFUSED, "variance" + words[1], words[0], words[2]);
      fit.variance = span(3);
    }
    if (call.isBackward()) {
      fit.dgamma = other;
      refused(call, REFUSED, "dgamma" + words[1], words[0], words[2]);
      fit.dgamma = span(4);
      fit.dbeta = other;
      refused(call, REFUSED, "dbeta" + words[1], words[0], words[2]);
      fit.dbeta = span(5);
    }
    fit.gamma = other;
    fit.beta = other;
    refused(call, REFUSED, words[0], "the number of gammas is 4", words[2]);
  }

  @ParameterizedTest
  @MethodSource("writing")
  void outputsAreDistinct(SamplesCall call) {
    int[][] strides = {{0, L, 1}, {1, L, 1}, {L, L, 1}, {C * L, 0, 1}, {C * L, L, 0}, {3, 6, 1}};
    for (int[] s : strides) {
      fit.out = FloatBatch.of(array, 2 * ELEMENTS, SIZE, s[0], C, L, s[1], s[2]);
      String given = "(strides %d; %d, %d;".formatted(s[0], s[1], s[2]);
      String output = "output " + call.output() + " is 2 times 3×4 ";
      refused(call, REFUSED, output + given, "distinct");
    }
  }

  @ParameterizedTest
  @MethodSource("backward")
  void gradientsOfParametersAreDistinct(SamplesCall call) {
    fit.dbeta = FloatSpan.of(array, 3 * ELEMENTS + 5 * C, C, 0);
    refused(call, REFUSED, "output dbeta is 3 (", "distinct");
    fit.dbeta = span(4);
    refused(call, REFUSED, "output dgamma", "overlaps dbeta");
  }

  @ParameterizedTest
  @MethodSource("writing")
  void outputsShareNothingWithInputs(SamplesCall call) {
    String output = "output " + call.output() + " 2 times 3×4";
    for (int offset : new int[] {1, L, C * L, ELEMENTS - 1}) {
      fit.out = batch(offset);
      refused(call, REFUSED, output, "offset " + offset, "overlaps X 2 times 3×4");
    }
    fit.out = FloatBatch.of(array, 0, SIZE, C * L, L, C, C, 1).transpose(); // other strides
    refused(call, REFUSED, output, "overlaps X");
    if (call.isBackward()) {
      fit.out = batch(2 * ELEMENTS - 1);
      refused(call, REFUSED, output, "overlaps dY");
    }
    fit.out = batch(2 * ELEMENTS + 1); // its last element is gamma's first
    refused(call, REFUSED, output, "overlaps gamma 3 (");
    fit.gamma = span(7);
    fit.out = batch(2 * ELEMENTS + 1 + C); // and now beta's first
    refused(call, REFUSED, output, "overlaps beta 3 (");
  }

  @ParameterizedTest
  @MethodSource("writing")
  void outputsShareNothingWithStatistics(SamplesCall call) {
    if (call.readsStatistics()) {
      fit.mean = FloatSpan.of(array, 3 * ELEMENTS - 1, C);
      refused(call, REFUSED, "output " + call.output(), "overlaps mean 3 (");
      fit.mean = span(2);
      fit.variance = FloatSpan.of(array, 2 * ELEMENTS - 2, C);
      refused(call, REFUSED, "output " + call.output(), "overlaps variance 3 (");
    }
  }

  @ParameterizedTest
  @MethodSource("backward")
  void gradientsOfParametersShareNothing(SamplesCall call) {
    fit.dgamma = FloatSpan.of(array, ELEMENTS - 1, C);
    refused(call, REFUSED, "output dgamma 3 (", "overlaps X");
    fit.dgamma = FloatSpan.of(array, ELEMENTS, C);
    refused(call, REFUSED, "output dgamma 3 (", "overlaps dY");
    fit.dgamma = span(4);
    fit.dbeta = FloatSpan.of(array, 3 * ELEMENTS - 1, C);
    refused(call, REFUSED, "output dbeta 3 (", "overlaps dX");
    fit.dbeta = span(1);
    refused(call, REFUSED, "output dbeta", "overlaps beta");
  }

  @Test
  void statisticsAreOfAsManySamples() {
    BatchStatistics another = new BatchStatistics(C);
    another.compute(FloatBatch.of(array, 1, C, L));
    String[] words = {"X is 2 times 3×4", "samples in the statistics is 4", "it must equal X's"};
    Executable backward = () -> SamplesCall.BACKWARD.run(fit, another);
    Refusal.leaving(List.of(array), REFUSED, backward, words);
    BatchStatistics none = new BatchStatistics(C);
    Executable withNone = () -> SamplesCall.BACKWARD.run(fit, none);
    Refusal.leaving(List.of(array), IllegalStateException.class, withNone, "no batch yet");
  }

  @Test
  void trainingNeedsASample() {
    List<FloatBatch> none =
        List.of(
            FloatBatch.of(array, 0, 0, 0, C, L, L, 1),
            FloatBatch.of(array, 0, SIZE, 0, C, 0, 0, 1));
    for (FloatBatch each : none) {
      fit.x = each;
      fit.out = each;
      String given = "X is " + each.size() + " times 3×" + each.columns();
      refused(SamplesCall.COMPUTE, REFUSED, given, "at least one sample");
      refused(SamplesCall.FORWARD, REFUSED, given, "at least one sample");
      assertDoesNotThrow(() -> SamplesCall.INFERENCE.run(fit, statistics));
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void closedWorkersAreRefused(SamplesCall call) {
    Workers workers = Workers.of(2);
    workers.close();
    Refusal.leaving(
        List.of(array),
        IllegalStateException.class,
        () -> call.run(fit, statistics, workers),
        call.title + ": the workers are closed");
  }

  /** What has the operands' very views is accepted where the operations say in place. */
  @ParameterizedTest
  @MethodSource("writing")
  void theVeryViewIsAccepted(SamplesCall call) {
    fit.out = batch(0);
    assertDoesNotThrow(() -> call.run(fit, statistics));
    if (call.isBackward()) {
      fit.out = batch(ELEMENTS);
      assertDoesNotThrow(() -> call.run(fit, statistics));
    }
  }
}

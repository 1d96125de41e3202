package dev.lanewise.suite.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.lanewise.suite.contract.Operation.Operand;
import dev.lanewise.suite.contract.Operation.Views;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every operation refuses of each of its operands, and what it accepts. */
class OperandContractTest {
  /** The operations of one matrix that give a number for each of its rows. */
  private static final Set<String> ANY_COLUMNS = Set.of("Reduce.rows", "LogSumExp.forward");

  /** The operations of one matrix that give or take something for each of its columns. */
  private static final Set<String> ANY_ROWS =
      Set.of("Reduce.columns", "BatchNorm.fold", "BatchStatistics.compute", "Standardize.fit");

  private static final Class<IllegalArgumentException> REFUSED = IllegalArgumentException.class;

  static List<Operation> operations() {
    return Operation.all();
  }

  /** Operands that fit, in arrays of their own full of canaries. */
  private static final class Fixture {
    final Operation operation;
    final List<float[]> arrays = new ArrayList<>();
    final Object[] views;

    Fixture(Operation operation) {
      this.operation = operation;
      views = new Object[operation.operands().size()];
      for (int i = 0; i < views.length; i++) {
        views[i] = operation.operands().get(i).view(array(), 2);
      }
    }

    /** An array that is long enough for everything. */
    float[] array() {
      float[] array = new float[64];
      for (int i = 0; i < array.length; i++) {
        array[i] = i % 7 + arrays.size();
      }
      arrays.add(array);
      return array;
    }

    void run() {
      operation.call().accept(new Views(views));
    }

    void refuses(Class<? extends RuntimeException> type, String... words) {
      refusesBy(operation.name() + ": ", type, words);
    }

    void refusesBy(String who, Class<? extends RuntimeException> type, String... words) {
      String[] all = Arrays.copyOf(words, words.length + 1);
      all[words.length] = who;
      Refusal.leaving(arrays, type, this::run, all);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void runsOnOperandsThatFit(Operation operation) {
    assertDoesNotThrow(() -> new Fixture(operation).run());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void refusesNull(Operation operation) {
    for (int i = 0; i < operation.operands().size(); i++) {
      Fixture fixture = new Fixture(operation);
      fixture.views[i] = null;
      String name = operation.operands().get(i).name();
      fixture.refusesBy(refusing(operation, name), NullPointerException.class, name + " is null");
    }
  }

  /** Who refuses an operand: the operation, or what holds the operand and is built before. */
  private static String refusing(Operation operation, String operand) {
    return switch (operand) {
      case "bias" -> operation.name().equals("Gemm") ? "" : operation.name() + ": ";
      case "gamma", "beta" -> operation.name().substring(0, operation.name().indexOf('.'));
      default -> operation.name() + ": ";
    };
  }

  @ParameterizedTest
  @MethodSource("operations")
  void refusesAnotherShape(Operation operation) {
    for (int i = 0; i < operation.operands().size(); i++) {
      Operand operand = operation.operands().get(i);
      if (operand.isSpan() || !ANY_COLUMNS.contains(operation.name())) {
        Fixture wide = new Fixture(operation);
        wide.views[i] = operand.view(wide.array(), 1, 0, 1);
        String who = refusing(operation, operand.name());
        wide.refusesBy(
            who, REFUSED, operand.name(), "" + (operand.columns() + 1), "" + operand.columns());
        Fixture none = new Fixture(operation);
        none.views[i] = operand.view(none.array(), 1, 0, -operand.columns());
        none.refusesBy(who, REFUSED, operand.name(), "0", "" + operand.columns());
      }
      if (!operand.isSpan() && !ANY_ROWS.contains(operation.name())) {
        Fixture high = new Fixture(operation);
        high.views[i] = operand.view(high.array(), 1, 1, 0);
        high.refuses(REFUSED, operand.name(), "" + (operand.rows() + 1), "" + operand.rows());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void refusesOutputsWhoseElementsMeet(Operation operation) {
    for (int i = 0; i < operation.operands().size(); i++) {
      Operand operand = operation.operands().get(i);
      if (operand.output()) {
        for (int[] strides : new int[][] {{4, 0}, {0, 1}, {1, 1}, {1, 2}}) {
          Fixture fixture = new Fixture(operation);
          if (!operand.isSpan() || strides[1] == 0) {
            fixture.views[i] = operand.strided(fixture.array(), strides[0], strides[1]);
            fixture.refuses(REFUSED, "output " + operand.name(), "distinct", "" + strides[1]);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void refusesOutputsThatOverlapAnotherOperand(Operation operation) {
    List<Operand> operands = operation.operands();
    for (int y = 0; y < operands.size(); y++) {
      for (int x = 0; x < operands.size(); x++) {
        if (operands.get(y).output() && x != y) {
          int last = operands.get(x).size() - 1;
          for (int[] offsets : new int[][] {{1, 0}, {0, 1}, {last, 0}}) {
            Fixture fixture = new Fixture(operation);
            float[] shared = fixture.array();
            fixture.views[y] = operands.get(y).view(shared, offsets[0]);
            fixture.views[x] = operands.get(x).view(shared, offsets[1]);
            String output = operands.get(y).name();
            boolean both = operands.get(x).output();
            fixture.refuses(REFUSED, both ? "output" : "output " + output, "overlaps");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void acceptsTheInputsOwnViewWhereItSaysSoAndNowhereElse(Operation operation) {
    List<Operand> operands = operation.operands();
    for (int y = 0; y < operands.size(); y++) {
      for (int x = 0; x < operands.size(); x++) {
        if (operands.get(y).output() && x != y) {
          Fixture fixture = new Fixture(operation);
          float[] shared = fixture.array();
          fixture.views[y] = operands.get(y).view(shared, 2);
          fixture.views[x] = operands.get(x).view(shared, 2);
          if (operands.get(y).inPlace().contains(operands.get(x).name())
              || operands.get(x).inPlace().contains(operands.get(y).name())) {
            assertDoesNotThrow(fixture::run, operation + " in place");
          } else {
            fixture.refuses(REFUSED, "overlaps");
          }
        }
      }
    }
  }

  /** One array may hold all operands, one after the other or as blocks of columns. */
  @ParameterizedTest
  @MethodSource("operations")
  void acceptsNeighboursInOneArray(Operation operation) {
    Fixture fixture = new Fixture(operation);
    int offset = 0;
    float[] shared = new float[256];
    for (int i = 0; i < fixture.views.length; i++) {
      fixture.views[i] = operation.operands().get(i).view(shared, offset);
      offset += operation.operands().get(i).size();
    }
    assertDoesNotThrow(fixture::run);
  }
}

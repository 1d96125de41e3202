package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.suite.engine.Views;
import dev.lanewise.testkit.Bits;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.List;

/** Asserts that the forms of a subject agree on everything that their arrays hold afterwards. */
final class Agreement {
  private Agreement() {}

  static void check(Subject subject, List<Layout> layouts, Values values, long seed) {
    String context = "%s %s %s seed=%d".formatted(subject.name(), layouts, values, seed);
    check(subject, subject.create(layouts, values, new Mix(seed)), context);
  }

  static void check(Subject subject, FloatMatrix[] given, String context) {
    FloatMatrix[] actual = run(subject.operation(), given);
    compare(subject, actual, run(subject.definition(), given), "as the definition: " + context);
    compare(subject, actual, run(subject.statement(), given), "as stated: " + context);
  }

  private static FloatMatrix[] run(Subject.Action action, FloatMatrix[] given) {
    FloatMatrix[] operands = Arrays.stream(given).map(Views::copy).toArray(FloatMatrix[]::new);
    action.run(operands);
    return operands;
  }

  private static void compare(
      Subject subject, FloatMatrix[] actual, FloatMatrix[] expected, String context) {
    for (int i = 0; i < expected.length; i++) {
      String name = subject.operands().get(i).name() + " " + expected[i];
      Bits.assertEqual(name, actual[i].array(), expected[i].array(), context);
    }
  }
}

package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The operands of one call, and what it must leave as it was. */
final class Call {
  private record Argument(String name, Operand operand, float[] before, boolean written) {}

  private final Object context;
  private final List<Argument> arguments = new ArrayList<>();

  Call(Object context) {
    this.context = context;
  }

  /** An operand that the call only reads. */
  Operand input(String name, Operand operand) {
    arguments.add(new Argument(name, operand, operand.array().clone(), false));
    return operand;
  }

  /** An operand whose elements, and nothing around them, the call writes. */
  Operand output(String name, Operand operand) {
    arguments.add(new Argument(name, operand, operand.array().clone(), true));
    return operand;
  }

  /** Asserts, after the call, that nothing else has changed. */
  void assertNothingElseWritten() {
    for (Argument argument : arguments) {
      Operand operand = argument.operand;
      boolean[] expected = new boolean[operand.array().length];
      for (int i = 0; argument.written && i < operand.rows(); i++) {
        for (int j = 0; j < operand.columns(); j++) {
          expected[operand.offset() + i * operand.rowStride() + j * operand.columnStride()] = true;
        }
      }
      for (int i = 0; i < expected.length; i++) {
        int before = Float.floatToRawIntBits(argument.before[i]);
        int after = Float.floatToRawIntBits(operand.array()[i]);
        if (!expected[i] && before != after) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT,
                  "%s (%s): index %d of its array was %s and is %s, though %s; %s",
                  argument.name,
                  operand,
                  i,
                  argument.before[i],
                  operand.array()[i],
                  argument.written ? "it is no element" : "it is an input",
                  context));
        }
      }
    }
  }
}

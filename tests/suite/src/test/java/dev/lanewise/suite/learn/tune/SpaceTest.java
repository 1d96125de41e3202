package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.tune.Assignment;
import dev.lanewise.learn.tune.Condition;
import dev.lanewise.learn.tune.Parameter;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.testkit.operand.Mix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Parameters on their own scales, and what spaces refuse. */
class SpaceTest {
  private static final double LAST = Math.nextDown(1.0);

  static final Space SPACE =
      Space.empty()
          .logUniform("rate", 1e-4, 1)
          .oneMinusLogUniform("momentum", 0.9, 0.999)
          .integer("layers", 1, 3)
          .logInteger("units 3", 8, 512)
          .onlyIf(Condition.atLeast("layers", 3))
          .choice("optimizer", "sgd", "adam", "rmsprop")
          .uniform("beta", 0.5, 0.75)
          .onlyIf(Condition.isOneOf("optimizer", "adam", "rmsprop"))
          .uniform("shallow", -1, 1)
          .onlyIf(Condition.atMost("layers", 2));

  private static Parameter only(Space space) {
    assertEquals(1, space.parameters().size());
    return space.parameters().getFirst();
  }

  private static void follows(Space space, double... pairs) {
    Parameter parameter = only(space);
    for (int i = 0; i < pairs.length; i += 2) {
      double value = (Double) parameter.at(pairs[i]);
      assertEquals(pairs[i + 1], value, 1e-12 * Math.abs(pairs[i + 1]), parameter.toString());
      assertEquals(pairs[i], parameter.position(value), 1e-12, parameter.toString());
    }
    assertEquals(Long.MAX_VALUE, parameter.size());
    assertFalse(parameter.isChoice());
  }

  @Test
  void realNumbersOnTheirScales() {
    follows(Space.empty().uniform("x", -5, 10), 0, -5, 0.5, 2.5, 0.8, 7);
    follows(Space.empty().logUniform("x", 1e-4, 1), 0, 1e-4, 0.25, 1e-3, 0.5, 1e-2, 0.75, 0.1);
    follows(
        Space.empty().oneMinusLogUniform("x", 0.9, 0.999),
        0,
        0.9,
        0.5,
        0.99,
        0.25,
        1 - 0.1 / 10e0 * 3.1622776601683795);
  }

  /** A value never leaves its range by rounding, and its position leads back to it. */
  @Test
  void valuesStayInTheirRangesAndRoundTrip() {
    Mix mix = new Mix(9);
    for (int i = 0; i < 2000; i++) {
      double low = 1e-9 + Math.abs(mix.unit()) * 0.4;
      double high = low + 1e-6 + Math.abs(mix.unit()) * 0.5;
      int least = 1 + mix.below(1000);
      int most = least + mix.below(i % 2 == 0 ? 3 : 100_000_000);
      Space space =
          Space.empty()
              .uniform("a", low, high)
              .logUniform("b", low, high)
              .oneMinusLogUniform("c", low, high)
              .integer("d", -least, most)
              .logInteger("e", least, most);
      for (double u : new double[] {0, LAST, Math.abs(mix.unit()) * LAST}) {
        Assignment a = space.at(u, u, u, u, u);
        for (Parameter parameter : space.parameters()) {
          Object value = a.values().get(parameter.name());
          double position = parameter.position(value);
          assertTrue(position >= 0 && position <= 1, parameter + " at " + u);
          if (value instanceof Integer) {
            assertEquals(value, parameter.at(position), parameter + " at " + u);
          } else {
            double x = (Double) value;
            assertTrue(x >= low && x <= high, parameter + " at " + u);
            assertEquals(u, position, 1e-7, parameter + " at " + u);
          }
        }
      }
    }
  }

  /** The cells of an integer or a choice: where each begins, and its middle. */
  private static void cells(Space space, Object[] values, double... begins) {
    Parameter parameter = only(space);
    assertEquals(values.length, parameter.size());
    for (int i = 0; i < values.length; i++) {
      double end = i + 1 < values.length ? begins[i + 1] : 1;
      assertEquals(values[i], parameter.at(begins[i] + (i == 0 ? 0 : 1e-9)));
      assertEquals(values[i], parameter.at(end - 1e-9));
      double position = parameter.position(values[i]);
      assertTrue(position > begins[i] && position < end, parameter + ": " + position);
      assertEquals((begins[i] + end) / 2, position, 1e-12);
    }
  }

  @Test
  void integersAndChoicesHaveCells() {
    cells(Space.empty().integer("x", -1, 2), new Object[] {-1, 0, 1, 2}, 0, 0.25, 0.5, 0.75);
    cells(Space.empty().choice("x", "a", "b"), new Object[] {"a", "b"}, 0, 0.5);
    cells(Space.empty().integer("x", 7, 7), new Object[] {7}, 0);
    cells(Space.empty().choice("x", "a"), new Object[] {"a"}, 0);
    double log4 = Math.log(4);
    cells(
        Space.empty().logInteger("x", 1, 3),
        new Object[] {1, 2, 3},
        0,
        Math.log(2) / log4,
        Math.log(3) / log4);
    Parameter all = only(Space.empty().integer("x", Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertEquals(1L << 32, all.size());
    assertEquals(Integer.MIN_VALUE, all.at(0));
    assertEquals(Integer.MAX_VALUE, all.at(LAST));
    Parameter positive = only(Space.empty().logInteger("x", 1, Integer.MAX_VALUE));
    assertEquals(Integer.MAX_VALUE, positive.at(LAST));
    assertEquals(1, positive.at(0));
  }

  @Test
  void conditionalParametersExistWhereTheirConditionHolds() {
    Assignment deep = SPACE.at(0.5, 0.5, 0.9, 0.5, 0.5, 0.5, 0.5);
    assertEquals(3, deep.integer("layers"));
    assertEquals(
        List.of("rate", "momentum", "layers", "units 3", "optimizer", "beta"),
        List.copyOf(deep.values().keySet()));
    Assignment shallow = SPACE.at(0.5, 0.5, 0, 0.5, 0, 0.5, 0.5);
    assertEquals(
        List.of("rate", "momentum", "layers", "optimizer", "shallow"),
        List.copyOf(shallow.values().keySet()));
    Space chain =
        Space.empty()
            .integer("a", 0, 1)
            .integer("b", 0, 1)
            .onlyIf(Condition.atLeast("a", 1))
            .integer("c", 0, 1)
            .onlyIf(Condition.atMost("b", 5));
    assertEquals("a=0", chain.at(0, 0, 0).toString());
    assertEquals("a=1, b=0, c=1", chain.at(0.5, 0, 0.5).toString());
  }

  @Test
  void spacesAreAddedToAndPrinted() {
    Space one = Space.empty().integer("layers", 1, 3);
    Space two = one.uniform("x", 0, 1);
    assertEquals(1, one.parameters().size());
    assertEquals("layers: integer(1, 3); x: uniform(0.0, 1.0)", two.toString());
    two.onlyIf(Condition.atLeast("layers", 2));
    assertEquals(Optional.empty(), two.parameters().getLast().condition());
    assertEquals(
        "rate: logUniform(1.0E-4, 1.0); momentum: oneMinusLogUniform(0.9, 0.999);"
            + " layers: integer(1, 3); units 3: logInteger(8, 512) if layers >= 3.0;"
            + " optimizer: choice(sgd, adam, rmsprop);"
            + " beta: uniform(0.5, 0.75) if optimizer is adam or rmsprop;"
            + " shallow: uniform(-1.0, 1.0) if layers <= 2.0",
        SPACE.toString());
    assertThrows(UnsupportedOperationException.class, () -> two.parameters().clear());
  }

  @Test
  void assignments() {
    Assignment some = SPACE.at(0.5, 0.5, 0.9, 0.5, 0, 0.5, 0.5);
    assertEquals(0.01, some.number("rate"), 1e-15);
    assertEquals(3.0, some.number("layers"));
    assertEquals("sgd", some.choice("optimizer"));
    assertTrue(some.has("units 3"));
    assertFalse(some.has("beta"));
    assertEquals(some, SPACE.at(0.5, 0.5, 0.9, 0.5, 0, 0.1, 0.1));
    assertEquals(some.hashCode(), SPACE.at(0.5, 0.5, 0.9, 0.5, 0, 0.1, 0.1).hashCode());
    assertNotEquals(some, SPACE.at(0.4, 0.5, 0.9, 0.5, 0, 0.5, 0.5));
    Map<String, Object> values = some.values();
    assertThrows(UnsupportedOperationException.class, () -> values.put("x", 1));
    refused(() -> some.number("beta"), "no parameter beta here; there are rate=0.0");
    refused(() -> some.integer("rate"), "rate is 0.01", "not an integer");
    refused(() -> some.choice("layers"), "layers is 3, not a choice");
    refused(() -> some.number("optimizer"), "optimizer is sgd, not a number");
  }

  private static void refused(Executable call, String... words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e.getMessage());
    }
  }

  @Test
  void rangesThatAreNone() {
    Space none = Space.empty();
    refused(() -> none.uniform("x", 1, 1), "Space: parameter x: low is 1.0 and high 1.0");
    refused(() -> none.uniform("x", 0, Double.NaN), "high NaN");
    refused(() -> none.uniform("x", 0, Double.POSITIVE_INFINITY), "high Infinity");
    refused(() -> none.uniform("x", -Double.MAX_VALUE, Double.MAX_VALUE), "both finite");
    refused(() -> none.logUniform("x", 0, 1), "x: low is 0.0; it must be above 0");
    refused(() -> none.oneMinusLogUniform("x", 0.9, 1), "low is 0.9 and high 1.0", "below 1");
    refused(() -> none.oneMinusLogUniform("x", -0.1, 0.5), "low is -0.1 and high 0.5");
    refused(() -> none.integer("x", 2, 1), "low is 2 and high 1; low must not be above");
    refused(() -> none.logInteger("x", 0, 1), "low is 0; it must be at least 1");
    refused(() -> none.choice("x"), "x: there is no choice");
    refused(() -> none.choice("x", "a", "b", "a"), "twice in [a, b, a]");
    refused(() -> none.uniform(" ", 0, 1), "\" \"", "must not be blank");
    refused(() -> none.uniform("x", 0, 1).integer("x", 0, 1), "one of this name already");
  }

  @Test
  void conditionsThatCannotBe() {
    Space space = Space.empty().integer("n", 1, 3).choice("c", "a", "b").uniform("x", 0, 1);
    refused(() -> space.onlyIf(Condition.atLeast("m", 1)), "x: condition m >= 1.0", "[n, c]");
    refused(() -> space.onlyIf(Condition.atLeast("x", 0)), "none of the parameters before");
    refused(() -> space.onlyIf(Condition.atLeast("n", 4)), "n is integer(1, 3), where that never");
    refused(() -> space.onlyIf(Condition.atMost("n", 0.5)), "never holds");
    refused(() -> space.onlyIf(Condition.atMost("n", Double.NaN)), "never holds");
    refused(() -> space.onlyIf(Condition.atMost("c", 1)), "c is choice(a, b), no number");
    refused(() -> space.onlyIf(Condition.isOneOf("n", "1")), "n is integer(1, 3), no choice");
    refused(() -> space.onlyIf(Condition.isOneOf("c", "a", "d")), "choice(a, b) and never d");
    refused(() -> space.onlyIf(Condition.isOneOf("c")), "never holds");
    Condition fits = Condition.atLeast("n", 2);
    String none =
        assertThrows(IllegalStateException.class, () -> Space.empty().onlyIf(fits)).getMessage();
    assertTrue(none.contains("no parameter to put a condition on: n >= 2.0"), none);
    Space twice = space.onlyIf(fits);
    String again = assertThrows(IllegalStateException.class, () -> twice.onlyIf(fits)).getMessage();
    assertTrue(again.contains("x: uniform(0.0, 1.0) if n >= 2.0 has a condition already"), again);
  }

  @Test
  void positionsAndValuesThatAreNone() {
    Parameter n = only(Space.empty().integer("n", 1, 3));
    refused(() -> n.at(1), "Parameter n: position is 1.0; it must be in [0, 1)");
    refused(() -> n.at(-1e-9), "position is -1.0E-9");
    refused(() -> n.at(Double.NaN), "position is NaN");
    Parameter range = only(Space.empty().uniform("r", 0, 1));
    assertEquals(1.0, (double) range.at(range.position(1.0)), 1e-15);
    refused(
        () -> Space.empty().oneMinusLogUniform("m", 1e-20, 1e-18),
        "parameter m: oneMinusLogUniform(1.0E-20, 1.0E-18) is too narrow for its scale");
    refused(() -> n.position(4), "Parameter n: 4 (Integer) is no value of integer(1, 3)");
    assertTrue(n.has(3));
    List.of(4, 2.0, "2").forEach(value -> assertFalse(n.has(value)));
    refused(() -> n.position(2.0), "2.0 (Double) is no value of integer(1, 3)");
    refused(() -> n.position(null), "null is no value");
    refused(() -> only(Space.empty().choice("c", "a")).position("b"), "b (String)", "choice(a)");
    refused(() -> only(Space.empty().logInteger("c", 2, 3)).position(1), "logInteger(2, 3)");
    refused(() -> only(Space.empty().uniform("c", 0, 1)).position(1.5), "uniform(0.0, 1.0)");
    refused(() -> SPACE.at(0.5), "the point [0.5] has 1 numbers for 7 parameters");
  }
}

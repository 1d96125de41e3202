package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Activations and updates against their definitions and statements. */
@EveryFork
class ElementwiseBitsTest {
  @Property
  void activation(
      @ForAll Function f,
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject subject = SubjectsOfRows.activation(f, shape.m(), shape.n(), inPlace);
    Agreement.check(subject, layouts, values, seed);
  }

  @Property
  void activationBackward(
      @ForAll Function f,
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll @IntRange(min = 0, max = 2) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject subject = SubjectsOfRows.activationBackward(f, shape.m(), shape.n(), to);
    Agreement.check(subject, layouts, values, seed);
  }

  /** Rows of several blocks of work space, in which most elements are ordinary and some are not. */
  @Property(tries = 40)
  void activationOfLongRows(
      @ForAll Function f,
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject subject = SubjectsOfRows.activation(f, shape.m(), shape.n(), false);
    Agreement.check(subject, layouts, values, seed);
  }

  @Property
  void gradientDescent(
      @ForAll @IntRange(max = 300) int n,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.gradientDescent(n), layouts, values, seed);
  }

  @Property
  void adam(
      @ForAll @IntRange(max = 300) int n,
      @ForAll @LongRange(min = 1, max = 100_000) long step,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.adam(n, step), layouts, values, seed);
  }
}

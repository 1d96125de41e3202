package dev.lanewise.suite.bits;

import dev.lanewise.suite.bits.SubjectsOfElements.Repeated;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Activations, updates, arithmetic and dropout against their definitions and statements. */
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
    Agreement.check(SubjectsOfUpdates.of(n).gradientDescent(), layouts, values, seed);
  }

  @Property
  void updatesWithOneState(
      @ForAll @IntRange(max = 300) int n,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    SubjectsOfUpdates updates = SubjectsOfUpdates.of(n);
    Agreement.check(updates.momentum(), layouts, values, seed);
    Agreement.check(updates.nesterov(), layouts, values, seed);
    Agreement.check(updates.rmsProp(), layouts, values, seed);
  }

  @Property
  void adam(
      @ForAll @IntRange(max = 300) int n,
      @ForAll @LongRange(min = 1, max = 100_000) long step,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(SubjectsOfUpdates.of(n).adam(step), layouts, values, seed);
  }

  /** With decays that keep most of a parameter, all of it, or minus itself. */
  @Property
  void adamW(
      @ForAll @IntRange(max = 300) int n,
      @ForAll @LongRange(min = 1, max = 100_000) long step,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    double decay = new double[] {0.01, 0, 20}[(int) Math.floorMod(seed, 3L)];
    Agreement.check(SubjectsOfUpdates.of(n).adamW(step, decay), layouts, values, seed);
  }

  @Property
  void arithmetic(
      @ForAll BinaryFunction f,
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll Repeated a,
      @ForAll Repeated b,
      @ForAll @IntRange(max = 2) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    SubjectsOfElements elements = SubjectsOfElements.of(shape.m(), shape.n());
    Agreement.check(elements.arithmetic(f, a, b, to), layouts, values, seed);
  }

  /** Matrices of one operand, as in x·x, which may also be the result. */
  @Property(tries = 100)
  void arithmeticOfOneMatrix(
      @ForAll BinaryFunction f,
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    SubjectsOfElements elements = SubjectsOfElements.of(shape.m(), shape.n());
    Agreement.check(elements.ofOneMatrix(f, inPlace), layouts, values, seed);
  }

  @Property
  void dropout(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll @DoubleRange(max = 0.99) double rate,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    SubjectsOfElements elements = SubjectsOfElements.of(shape.m(), shape.n());
    Agreement.check(elements.dropout(rate, seed, inPlace), layouts, values, seed);
  }
}

package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Activations, updates and column sums against their definitions and statements. */
@EveryFork
class ElementwiseBitsTest {
  @Property
  void relu(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.relu(shape.m(), shape.n(), inPlace), layouts, values, seed);
  }

  @Property
  void reluBackward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll @IntRange(min = 0, max = 2) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.reluBackward(shape.m(), shape.n(), to), layouts, values, seed);
  }

  @Property
  void columnSums(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.columnSums(shape.m(), shape.n()), layouts, values, seed);
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

package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Softmax and cross-entropy against their definitions and statements. */
@EveryFork
class SoftmaxBitsTest {
  @Property
  void forward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.softmax(shape.m(), shape.n(), inPlace), layouts, values, seed);
  }

  @Property(tries = 12)
  void forwardOfLongRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    Subject softmax = Subjects.softmax(shape.m(), shape.n(), false);
    Agreement.check(softmax, layouts, Values.ORDINARY, seed);
  }

  @Property
  void backward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll @IntRange(min = 0, max = 2) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.softmaxBackward(shape.m(), shape.n(), to), layouts, values, seed);
  }

  @Property(tries = 20)
  void backwardOfLongRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    Subject backward = Subjects.softmaxBackward(shape.m(), shape.n(), 2);
    Agreement.check(backward, layouts, Values.WIDE, seed);
  }

  @Property
  void crossEntropy(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = Math.max(1, shape.n());
    Agreement.check(Subjects.crossEntropy(shape.m(), n, seed), layouts, values, seed);
  }

  @Property
  void crossEntropyGradient(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = Math.max(1, shape.n());
    Subject gradient = Subjects.crossEntropyGradient(shape.m(), n, seed, inPlace);
    Agreement.check(gradient, layouts, values, seed);
  }

  /** The losses of more rows than a block holds fold like a row. */
  @Property(tries = 5)
  void crossEntropyOfManyRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape, @ForAll long seed) {
    Subject loss = Subjects.crossEntropy(shape.n(), 1 + shape.m(), seed);
    Agreement.check(loss, List.of(Layout.DENSE), Values.WIDE, seed);
  }
}

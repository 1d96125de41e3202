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
  private static final float[] TEMPERATURES = {1, 0.5f, 3, 70};

  private static float temperature(long seed) {
    return TEMPERATURES[(int) (seed & 3)];
  }

  /** Up to as many columns as rows are taken in one vector, and one more. */
  @Property
  void narrow(
      @ForAll @IntRange(max = 70) int m,
      @ForAll @IntRange(min = 1, max = 17) int n,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(
        SubjectsOfRows.softmax(m, n, inPlace, temperature(seed)), layouts, values, seed);
    Agreement.check(
        SubjectsOfRows.crossEntropyGradient(m, n, seed, inPlace), layouts, values, seed);
  }

  @Property
  void logarithm(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int m = shape.m();
    int n = shape.n();
    float temperature = temperature(seed);
    Agreement.check(SubjectsOfRows.logSoftmax(m, n, inPlace, temperature), layouts, values, seed);
    Agreement.check(
        SubjectsOfRows.logSoftmaxBackward(m, n, inPlace ? 1 : 2, temperature),
        layouts,
        values,
        seed);
  }

  @Property
  void logSumExp(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int m = shape.m();
    int n = shape.n();
    float temperature = temperature(seed);
    Agreement.check(SubjectsOfRows.logSumExp(m, n, temperature), layouts, values, seed);
    Agreement.check(SubjectsOfRows.logSumExpBackward(m, n, temperature), layouts, values, seed);
  }

  @Property(tries = 12)
  void logarithmsOfLongRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int m = shape.m();
    int n = shape.n();
    Agreement.check(SubjectsOfRows.logSoftmax(m, n, false, 1f), layouts, values, seed);
    Agreement.check(SubjectsOfRows.logSoftmaxBackward(m, n, 0, 1f), layouts, values, seed);
    Agreement.check(SubjectsOfRows.distributions(m, n, 0.1), layouts, values, seed);
  }

  @Property
  void distributions(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean smoothed,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = Math.max(1, shape.n());
    Subject loss = SubjectsOfRows.distributions(shape.m(), n, smoothed ? 0.1 : 0);
    Agreement.check(loss, layouts, values, seed);
  }

  @Property
  void binary(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject loss = SubjectsOfRows.binaryCrossEntropy(shape.m(), shape.n());
    Agreement.check(loss, layouts, values, seed);
  }

  @Property
  void forward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject softmax = SubjectsOfRows.softmax(shape.m(), shape.n(), inPlace, temperature(seed));
    Agreement.check(softmax, layouts, values, seed);
  }

  @Property(tries = 12)
  void forwardOfLongRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    Subject softmax = SubjectsOfRows.softmax(shape.m(), shape.n(), false, 1f);
    Agreement.check(softmax, layouts, Values.ORDINARY, seed);
  }

  @Property
  void backward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll @IntRange(min = 0, max = 2) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject backward = SubjectsOfRows.softmaxBackward(shape.m(), shape.n(), to, temperature(seed));
    Agreement.check(backward, layouts, values, seed);
  }

  @Property(tries = 20)
  void backwardOfLongRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    Subject backward = SubjectsOfRows.softmaxBackward(shape.m(), shape.n(), 2, 1f);
    Agreement.check(backward, layouts, Values.WIDE, seed);
  }

  @Property
  void crossEntropy(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = Math.max(1, shape.n());
    Agreement.check(SubjectsOfRows.crossEntropy(shape.m(), n, seed), layouts, values, seed);
  }

  @Property
  void crossEntropyGradient(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int n = Math.max(1, shape.n());
    Subject gradient = SubjectsOfRows.crossEntropyGradient(shape.m(), n, seed, inPlace);
    Agreement.check(gradient, layouts, values, seed);
  }

  /** The losses of more rows than a block holds fold like a row. */
  @Property(tries = 5)
  void crossEntropyOfManyRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape, @ForAll long seed) {
    Subject loss = SubjectsOfRows.crossEntropy(shape.n(), 1 + shape.m(), seed);
    Agreement.check(loss, List.of(Layout.DENSE), Values.WIDE, seed);
  }
}

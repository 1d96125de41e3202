package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Batch norm of matrices against its definition and its statement, with the statistics that it
 * leaves.
 */
@EveryFork
class BatchNormBitsTest {
  private static SubjectsOfBatchNorm of(Cases.Shape shape, long seed) {
    return SubjectsOfBatchNorm.ofMatrix(Math.max(1, shape.m()), shape.n()).by(Cases.eps(seed));
  }

  @Property
  void forward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean relu,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(of(shape, seed).forward(relu, inPlace), layouts, values, seed);
  }

  @Property
  void statistics(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(of(shape, seed).statistics(), layouts, values, seed);
  }

  @Property
  void inference(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean relu,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    SubjectsOfBatchNorm subjects =
        SubjectsOfBatchNorm.ofMatrix(shape.m(), shape.n()).by(Cases.eps(seed));
    Agreement.check(subjects.inference(relu, inPlace), layouts, values, seed);
  }

  @Property
  void backward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean relu,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(of(shape, seed).backward(relu, to == 2 ? 3 : to), layouts, values, seed);
  }

  @Property
  void inferenceBackward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean relu,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    SubjectsOfBatchNorm subjects =
        SubjectsOfBatchNorm.ofMatrix(shape.m(), shape.n()).by(Cases.eps(seed));
    int target = to == 2 ? 3 : to;
    Agreement.check(subjects.inferenceBackward(relu, target), layouts, values, seed);
  }
}

package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Batch norm against its definition and its statement, with the statistics that it leaves. */
@EveryFork
class BatchNormBitsTest {
  @Property
  void forward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean inPlace,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int m = Math.max(1, shape.m());
    Agreement.check(Subjects.batchNormForward(m, shape.n(), inPlace), layouts, values, seed);
  }

  @Property
  void inference(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(Subjects.batchNormInference(shape.m(), shape.n()), layouts, values, seed);
  }

  @Property
  void backward(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int m = Math.max(1, shape.m());
    int target = to == 2 ? 3 : to;
    Agreement.check(Subjects.batchNormBackward(m, shape.n(), target), layouts, values, seed);
  }
}

package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Layer norm and RMS norm against their definitions and their statements. */
@EveryFork
class LayerNormBitsTest {
  private static final List<Layout> DENSE = List.of(Layout.DENSE);

  private static void check(
      Cases.Shape shape, boolean rms, int to, List<Layout> layouts, Values values, long seed) {
    SubjectsOfLayers subjects =
        new SubjectsOfLayers(rms, shape.m(), shape.n(), Cases.eps(seed), null);
    Agreement.check(subjects.forward(to == 0), layouts, values, seed);
    Agreement.check(subjects.backward(to == 2 ? 3 : to), layouts, values, seed);
  }

  @Property(tries = 120)
  void anyShape(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll boolean rms,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    check(shape, rms, to, layouts, values, seed);
  }

  /** Of two turns of the virtual lanes, with rows that make a group and one more. */
  @Example
  void everyTail() {
    for (int n = 1; n <= Scale.of(129, 66); n++) {
      for (boolean rms : new boolean[] {false, true}) {
        SubjectsOfLayers subjects = SubjectsOfLayers.of(rms, 5, n);
        Agreement.check(subjects.forward(false), DENSE, Values.ORDINARY, n);
        Agreement.check(subjects.backward(3), DENSE, Values.ORDINARY, n);
      }
    }
  }

  @Property(tries = 40)
  void groupsAndChunksOfRows(
      @ForAll(supplier = Cases.GroupedRows.class) Cases.Shape shape,
      @ForAll boolean rms,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    check(shape, rms, to, layouts, values, seed);
  }

  /** Of one block and of several, several of them in a group. */
  @Property(tries = 20)
  void longRows(
      @ForAll(supplier = Cases.LongChannels.class) Cases.Channels rows,
      @ForAll boolean rms,
      @ForAll @IntRange(min = 0, max = 3) int to,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Cases.Shape shape = new Cases.Shape(rows.size() * rows.channels(), rows.length());
    check(shape, rms, to, layouts, values, seed);
  }

  /**
   * Without eps, squares that underflow make xhat infinite, which is not NaN where it is absent.
   */
  @Property(tries = 60)
  void infiniteInverse(
      @ForAll @IntRange(min = 1, max = 6) int m,
      @ForAll @IntRange(min = 1, max = 140) int n,
      @ForAll boolean rms,
      @ForAll long seed) {
    Mix mix = new Mix(seed);
    Subject subject = new SubjectsOfLayers(rms, m, n, 0, null).backward(3);
    FloatMatrix[] operands = subject.create(List.of(Layout.DENSE), Values.ZEROS, mix);
    for (int i = 0; i < 3; i++) {
      float[] array = operands[i].array();
      for (int j = 0; j < array.length; j++) {
        array[j] = (i == 0 ? 1e-30f : 1) * (2 + mix.unit());
      }
    }
    Agreement.check(subject, operands, "%dx%d seed=%d".formatted(m, n, seed));
  }
}

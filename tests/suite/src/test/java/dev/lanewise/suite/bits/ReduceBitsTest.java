package dev.lanewise.suite.bits;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Reductions against their definitions and statements. */
@EveryFork
class ReduceBitsTest {
  @Property
  void rows(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject rows = SubjectsOfRows.rowReductions(shape.m(), shape.n());
    Agreement.check(rows, layouts, values, seed);
  }

  @Property
  void means(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(SubjectsOfRows.means(shape.m(), shape.n()), layouts, values, seed);
  }

  @Property(tries = 20)
  void longRows(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject rows = SubjectsOfRows.rowReductions(shape.m(), shape.n());
    Agreement.check(rows, layouts, values, seed);
  }

  @Property
  void columns(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Subject columns = SubjectsOfRows.columnReductions(shape.m(), shape.n());
    Agreement.check(columns, layouts, values, seed);
  }

  @Property
  void all(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    Agreement.check(SubjectsOfRows.all(shape.m(), shape.n()), layouts, values, seed);
  }

  /** Blocks begin and end inside rows. */
  @Property(tries = 20)
  void allOfSeveralBlocks(
      @ForAll(supplier = Cases.LongRows.class) Cases.Shape shape,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    Subject all = SubjectsOfRows.all(7, 1 + shape.n() / 5);
    Agreement.check(all, layouts, Values.WIDE, seed);
  }
}

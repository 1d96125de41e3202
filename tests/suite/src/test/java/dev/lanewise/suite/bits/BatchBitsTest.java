package dev.lanewise.suite.bits;

import static dev.lanewise.suite.bits.Batching.Stack.COLUMNS;
import static dev.lanewise.suite.bits.Batching.Stack.COLUMNS_TRANSPOSED;
import static dev.lanewise.suite.bits.Batching.Stack.ROWS;
import static dev.lanewise.suite.bits.Batching.Stack.SHARED;

import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The products of a batch have the bits of single ones, wherever its matrices lie. */
@EveryFork
class BatchBitsTest {
  @Property(tries = 400)
  void tails(
      @ForAll(supplier = Cases.Products.class) Cases.Product p,
      @ForAll @IntRange(max = 4) int size,
      @ForAll @Size(3) List<Batching.Stack> stacks,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll(supplier = Cases.Factors.class) float alpha,
      @ForAll(supplier = Cases.Factors.class) float beta,
      @ForAll long seed) {
    Agreement.check(new Batching(p, size, stacks, 0).subject(alpha, beta), layouts, values, seed);
  }

  @Property
  void singleColumns(
      @ForAll(supplier = Cases.Shapes.class) Cases.Shape a,
      @ForAll @IntRange(min = 1, max = 3) int size,
      @ForAll @Size(3) List<Batching.Stack> stacks,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll long seed) {
    Cases.Product p = new Cases.Product(a.m(), 1, a.n());
    Subject subject = new Batching(p, size, stacks, 0).subject(1f, -0.5f);
    Agreement.check(subject, layouts, Values.WIDE, seed);
  }

  /** As many parts as threads may take, sizes that they divide and others. */
  @Example
  void onSeveralThreads() {
    Cases.Product p = new Cases.Product(13, 35, Scale.of(40, 17));
    List<List<Batching.Stack>> stacks =
        List.of(
            List.of(ROWS, SHARED, ROWS),
            List.of(COLUMNS, ROWS, COLUMNS),
            List.of(SHARED, COLUMNS_TRANSPOSED, COLUMNS_TRANSPOSED));
    for (int threads : Scale.SMALL ? new int[] {3} : new int[] {1, 2, 3, 7}) {
      int size = Scale.of(90, 70) + threads;
      for (List<Batching.Stack> stack : stacks) {
        Subject subject = new Batching(p, size, stack, threads).subject(1f, 0f);
        Agreement.check(subject, List.of(Layout.DENSE, Layout.PADDED), Values.ORDINARY, threads);
      }
    }
  }
}

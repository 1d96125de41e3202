package dev.lanewise.suite.bits;

import static dev.lanewise.suite.engine.Views.matrix;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Standardize;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Training sets in batches of any sizes have the statistics of one matrix, bit for bit. */
@EveryFork
class StandardizeBitsTest {
  @Property
  void batches(
      @ForAll(supplier = Cases.BatchSizes.class) List<Integer> sizes,
      @ForAll @IntRange(max = 40) int n,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int[] batches = sizes.stream().mapToInt(Integer::intValue).toArray();
    Agreement.check(SubjectsOfNorms.standardize(n, null, batches), layouts, values, seed);
  }

  /** The statistics after each batch are those of all rows so far; asking changes nothing. */
  @Property(tries = 60)
  void everyPrefix(
      @ForAll(supplier = Cases.BatchSizes.class) List<Integer> sizes,
      @ForAll @IntRange(min = 1, max = 20) int n,
      @ForAll(supplier = Cases.Layouts.class) List<Layout> layouts,
      @ForAll Values values,
      @ForAll long seed) {
    int m = sizes.stream().mapToInt(Integer::intValue).sum();
    FloatMatrix x = matrix(layouts.getFirst().operand(m, n, values, new Mix(seed)));
    Standardize standardize = new Standardize(n, 1e-5);
    BatchStatistics statistics = new BatchStatistics(n);
    int rows = 0;
    for (int size : sizes) {
      standardize.fit(x.rows(rows, rows + size));
      rows += size;
      assertEquals(rows, standardize.samples());
      if (rows > 0) {
        statistics.compute(x.rows(0, rows));
      }
      for (int j = 0; j < n; j++) {
        String context = "feature %d of %d rows of %s".formatted(j, rows, sizes);
        assertEquals(statistics.mean(j), standardize.mean(j), context);
        assertEquals(statistics.variance(j), standardize.variance(j), context);
      }
    }
  }
}

package dev.lanewise.testkit.law;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.internal.Extents;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A matrix of samples in rows and what an operation makes of it.
 *
 * @param rows the number of samples
 * @param columns the number of features or classes
 * @param input how inputs lie in their arrays
 * @param output how outputs lie in theirs
 * @param values what the elements are like
 * @param seed what they are drawn from
 */
public record MatrixCase(
    int rows, int columns, Layout input, Layout output, Values values, long seed)
    implements Case<MatrixCase> {

  private static final String NAME = "MatrixCase";
  private static final int MANY = 80;
  private static final int LONG = 400;
  private static final int WIDE = 9000;

  /**
   * A case.
   *
   * @throws NullPointerException if a layout or the kind of elements is null
   * @throws IllegalArgumentException if an extent is negative
   */
  public MatrixCase {
    Checks.atLeast(NAME, "rows", rows, 0);
    Checks.atLeast(NAME, "columns", columns, 0);
    Checks.notNull(NAME, "input", input);
    Checks.notNull(NAME, "output", output);
    Checks.notNull(NAME, "values", values);
  }

  /**
   * A case of any kind: mostly extents up to 80, and one long side in every eighth.
   *
   * @param mix where its randomness comes from
   * @return the case
   */
  public static MatrixCase draw(Mix mix) {
    Checks.notNull(NAME, "mix", mix);
    int rows = Simpler.extent(mix, MANY);
    int columns = Simpler.extent(mix, MANY);
    switch (mix.below(16)) {
      case 0 -> {
        rows = Simpler.longExtent(mix, LONG);
        columns = Math.min(columns, 24);
      }
      case 1 -> {
        columns = Simpler.longExtent(mix, WIDE);
        rows = Math.min(rows, 3);
      }
      default -> {}
    }
    return new MatrixCase(
        rows,
        columns,
        mix.choose(Layout.values()),
        mix.choose(Layout.values()).distinct(),
        mix.choose(Values.values()),
        mix.next());
  }

  /**
   * A case of any kind with extents from 1 to some limits.
   *
   * @param mix where its randomness comes from
   * @param maxRows the largest number of rows
   * @param maxColumns the largest number of columns
   * @return the case
   * @throws IllegalArgumentException if a limit is not positive
   */
  public static MatrixCase draw(Mix mix, int maxRows, int maxColumns) {
    requireLimits(maxRows, maxColumns);
    return draw(mix).withRows(1 + mix.below(maxRows)).withColumns(1 + mix.below(maxColumns));
  }

  /**
   * The input, with values around it as well.
   *
   * @return rows × columns in a new array
   */
  public Operand x() {
    return input.operand(rows, columns, values, new Mix(seed));
  }

  /**
   * Another input. Operands of one case lie in different layouts: those of the case, and dense.
   *
   * @param number which one, from 1; each has elements of its own
   * @param m its rows
   * @param n its columns
   * @param kind what its elements are like
   * @return m × n in a new array
   * @throws IllegalArgumentException if the number is not positive, or m × n no array's shape
   */
  public Operand another(int number, int m, int n, Values kind) {
    Checks.atLeast(NAME, "number", number, 1);
    Mix seeds = new Mix(seed);
    long own = seed;
    for (int i = 0; i < number; i++) {
      own = seeds.next();
    }
    Layout[] layouts = {input, output, Layout.DENSE};
    return layouts[turn(number)].operand(m, n, kind, new Mix(own));
  }

  /**
   * An operand for the result, full of NaN.
   *
   * @param m its rows
   * @param n its columns
   * @return m × n in a new array
   * @throws IllegalArgumentException if m × n is no array's shape
   */
  public Operand result(int m, int n) {
    return nan(output, m, n);
  }

  /**
   * An operand for another result, full of NaN. Operands of one case lie in different layouts.
   *
   * @param number which one, from 1
   * @param m its rows
   * @param n its columns
   * @return m × n in a new array
   * @throws IllegalArgumentException if the number is not positive, or m × n no array's shape
   */
  public Operand result(int number, int m, int n) {
    Checks.atLeast(NAME, "number", number, 1);
    Layout[] layouts = {output, Layout.DENSE, input.distinct() == input ? input : output};
    return nan(layouts[turn(number)], m, n);
  }

  private int turn(int number) {
    return (int) Math.floorMod(seed + number, 3L);
  }

  private static Operand nan(Layout layout, int m, int n) {
    float[] nan = new float[Extents.size(NAME, m, n)];
    Arrays.fill(nan, Float.NaN);
    return layout.operand(m, n, nan);
  }

  /**
   * A label for each row: of any class, all of one class, of the first or of the last.
   *
   * @return rows values in [0, columns)
   */
  public int[] labels() {
    Mix mix = new Mix(~seed);
    int[] labels = mix.labels(rows, columns);
    switch (mix.below(6)) {
      case 0 -> Arrays.fill(labels, 0);
      case 1 -> Arrays.fill(labels, Math.max(columns - 1, 0));
      case 2 -> Arrays.fill(labels, mix.below(Math.max(columns, 1)));
      default -> {}
    }
    return labels;
  }

  @Override
  public Stream<MatrixCase> simpler() {
    return Stream.of(
            Simpler.extents(rows, this::withRows),
            Simpler.extents(columns, this::withColumns),
            Simpler.constants(input, layout -> withLayouts(layout, output)),
            Simpler.constants(output, layout -> withLayouts(input, layout)),
            Simpler.constants(values, this::withValues))
        .flatMap(candidates -> candidates);
  }

  @Override
  public long complexity() {
    return rows + (long) columns + input.ordinal() + output.ordinal() + values.ordinal();
  }

  /**
   * This case with another number of rows.
   *
   * @param extent the number
   * @return a new case
   */
  public MatrixCase withRows(int extent) {
    return new MatrixCase(extent, columns, input, output, values, seed);
  }

  /**
   * This case with another number of columns.
   *
   * @param extent the number
   * @return a new case
   */
  public MatrixCase withColumns(int extent) {
    return new MatrixCase(rows, extent, input, output, values, seed);
  }

  /**
   * This case with other elements.
   *
   * @param kind what they are like
   * @return a new case
   */
  public MatrixCase withValues(Values kind) {
    return new MatrixCase(rows, columns, input, output, kind, seed);
  }

  /**
   * This case with other layouts.
   *
   * @param ofInput how inputs lie in their arrays
   * @param ofOutput how outputs lie in theirs
   * @return a new case
   */
  public MatrixCase withLayouts(Layout ofInput, Layout ofOutput) {
    return new MatrixCase(rows, columns, ofInput, ofOutput, values, seed);
  }

  /** This case with inputs in the layout of outputs, so that one can be in place of the other. */
  MatrixCase inPlace() {
    return withLayouts(output, output);
  }

  /**
   * This case with extents up to some limits.
   *
   * @param maxRows the largest number of rows
   * @param maxColumns the largest number of columns
   * @return a new case, whose extents are as they were where they fit, and others of all kinds
   *     where they do not
   * @throws IllegalArgumentException if a limit is not positive
   */
  public MatrixCase atMost(int maxRows, int maxColumns) {
    requireLimits(maxRows, maxColumns);
    return withRows(rows <= maxRows ? rows : 1 + rows % maxRows)
        .withColumns(columns <= maxColumns ? columns : 1 + columns % maxColumns);
  }

  private static void requireLimits(int maxRows, int maxColumns) {
    Checks.atLeast(NAME, "maxRows", maxRows, 1);
    Checks.atLeast(NAME, "maxColumns", maxColumns, 1);
  }

  /**
   * This case with extents of at least 1.
   *
   * @return a new case, or this one
   */
  public MatrixCase nonEmpty() {
    return withRows(Math.max(rows, 1)).withColumns(Math.max(columns, 1));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "new MatrixCase(%d, %d, Layout.%s, Layout.%s, Values.%s, %dL)",
        rows,
        columns,
        input,
        output,
        values,
        seed);
  }
}

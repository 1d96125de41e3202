package dev.lanewise.testkit.law;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A product of A (m, k) and B (k, n), with factors.
 *
 * @param m the rows of A and C
 * @param n the columns of B and C
 * @param k the columns of A and the rows of B
 * @param alpha the factor of the product
 * @param beta the factor of C
 * @param a how A lies in its array
 * @param b how B lies in its array
 * @param c how C lies in its array
 * @param values what the elements are like
 * @param seed what they are drawn from
 */
public record GemmCase(
    int m,
    int n,
    int k,
    float alpha,
    float beta,
    Layout a,
    Layout b,
    Layout c,
    Values values,
    long seed)
    implements Case<GemmCase> {

  private static final String NAME = "GemmCase";
  private static final int MANY = 48;
  private static final int LONG = 600;
  private static final int WIDE = 8000;
  private static final Float[] FACTORS = {1f, 0f, -1f, 0.5f, -7.5f, -0f};

  /**
   * A case.
   *
   * @throws NullPointerException if a layout or the kind of elements is null
   * @throws IllegalArgumentException if an extent is negative or a factor not finite
   */
  public GemmCase {
    Checks.atLeast(NAME, "m", m, 0);
    Checks.atLeast(NAME, "n", n, 0);
    Checks.atLeast(NAME, "k", k, 0);
    Checks.finite(NAME, "alpha", alpha);
    Checks.finite(NAME, "beta", beta);
    Checks.notNull(NAME, "a", a);
    Checks.notNull(NAME, "b", b);
    Checks.notNull(NAME, "c", c);
    Checks.notNull(NAME, "values", values);
  }

  /**
   * A case of any kind: mostly extents up to 48; one long side in every fourth; in every sixteenth
   * all sides long enough for engines to copy blocks.
   *
   * @param mix where its randomness comes from
   * @return the case
   */
  public static GemmCase draw(Mix mix) {
    Checks.notNull(NAME, "mix", mix);
    int m = Simpler.extent(mix, MANY);
    int n = Simpler.extent(mix, MANY);
    int k = Simpler.extent(mix, MANY);
    switch (mix.below(16)) {
      case 0 -> {
        m = Simpler.longExtent(mix, LONG);
        n = Math.min(n, 12);
      }
      case 1 -> {
        k = Simpler.longExtent(mix, LONG);
        m = Math.min(m, 12);
      }
      case 2 -> {
        n = Simpler.longExtent(mix, WIDE);
        m = Math.min(m, 7);
        k = Math.min(k, 7);
      }
      case 3 -> {
        k = Simpler.longExtent(mix, WIDE);
        m = Math.min(m, 2);
        n = mix.below(4) == 0 ? Math.min(n, 2) : 1;
      }
      case 4 -> {
        m = MANY + m / 2;
        n = 2 * MANY + n;
        k = 4 * MANY + k / 2;
      }
      default -> {}
    }
    return new GemmCase(
        m,
        n,
        k,
        factor(mix),
        factor(mix),
        mix.choose(Layout.values()),
        mix.choose(Layout.values()),
        mix.choose(Layout.values()).distinct(),
        mix.choose(Values.values()),
        mix.next());
  }

  private static float factor(Mix mix) {
    return mix.below(3) == 0 ? 3 * mix.unit() : mix.choose(FACTORS);
  }

  @Override
  public Stream<GemmCase> simpler() {
    return Stream.of(
            Simpler.extents(m, this::withM),
            Simpler.extents(n, this::withN),
            Simpler.extents(k, this::withK),
            Arrays.stream(FACTORS).limit(rank(alpha)).map(this::withAlpha),
            Arrays.stream(FACTORS).limit(rank(beta)).map(this::withBeta),
            Simpler.constants(a, layout -> withLayouts(layout, b, c)),
            Simpler.constants(b, layout -> withLayouts(a, layout, c)),
            Simpler.constants(c, layout -> withLayouts(a, b, layout)),
            Simpler.constants(values, this::withValues))
        .flatMap(candidates -> candidates);
  }

  @Override
  public long complexity() {
    return m
        + (long) n
        + k
        + rank(alpha)
        + rank(beta)
        + a.ordinal()
        + b.ordinal()
        + c.ordinal()
        + values.ordinal();
  }

  private static int rank(float factor) {
    for (int i = 0; i < FACTORS.length; i++) {
      if (FACTORS[i].equals(factor)) {
        return i;
      }
    }
    return FACTORS.length;
  }

  private GemmCase withM(int rows) {
    return new GemmCase(rows, n, k, alpha, beta, a, b, c, values, seed);
  }

  GemmCase withN(int columns) {
    return new GemmCase(m, columns, k, alpha, beta, a, b, c, values, seed);
  }

  GemmCase withK(int depth) {
    return new GemmCase(m, n, depth, alpha, beta, a, b, c, values, seed);
  }

  /**
   * This case with another factor of the product.
   *
   * @param factor the factor
   * @return a new case
   */
  public GemmCase withAlpha(float factor) {
    return new GemmCase(m, n, k, factor, beta, a, b, c, values, seed);
  }

  /**
   * This case with another factor of C.
   *
   * @param factor the factor
   * @return a new case
   */
  public GemmCase withBeta(float factor) {
    return new GemmCase(m, n, k, alpha, factor, a, b, c, values, seed);
  }

  /**
   * This case with other elements.
   *
   * @param kind what they are like
   * @return a new case
   */
  public GemmCase withValues(Values kind) {
    return new GemmCase(m, n, k, alpha, beta, a, b, c, kind, seed);
  }

  /**
   * This case with other layouts.
   *
   * @param ofA how A lies in its array
   * @param ofB how B lies in its array
   * @param ofC how C lies in its array
   * @return a new case
   */
  public GemmCase withLayouts(Layout ofA, Layout ofB, Layout ofC) {
    return new GemmCase(m, n, k, alpha, beta, ofA, ofB, ofC, values, seed);
  }

  /**
   * This case with extents of at least 1.
   *
   * @return a new case, or this one
   */
  public GemmCase nonEmpty() {
    return withM(Math.max(m, 1)).withN(Math.max(n, 1)).withK(Math.max(k, 1));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "new GemmCase(%d, %d, %d, %sf, %sf, Layout.%s, Layout.%s, Layout.%s, Values.%s, %dL)",
        m,
        n,
        k,
        alpha,
        beta,
        a,
        b,
        c,
        values,
        seed);
  }
}

package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.Bound;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import dev.lanewise.testkit.oracle.GemmOracle;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The laws of C = alpha · A · B + beta · C. */
public final class GemmLaws {
  /**
   * alpha = 1 and beta = 0: each element within gamma_(k+2) · |A| · |B| and what may underflow, as
   * {@link GemmOracle#errorBound} has it, whatever the order of the sum. C is full of NaN before,
   * and nothing but C changes.
   */
  public static final Law<GemmEngine, GemmCase> PRODUCT =
      law(
          "product",
          Set.of(),
          (engine, given, seen) ->
              withinTheBound(engine, finite(engine, given.withAlpha(1).withBeta(0)), seen));

  /** The same bound for any alpha and beta = 0. */
  public static final Law<GemmEngine, GemmCase> FACTOR_OF_THE_PRODUCT =
      law(
          "factorOfTheProduct",
          Set.of(Capability.ALPHA),
          (engine, given, seen) -> withinTheBound(engine, finite(engine, given.withBeta(0)), seen));

  /** The same bound for alpha = 1 and any beta. */
  public static final Law<GemmEngine, GemmCase> FACTOR_OF_THE_OLD_RESULT =
      law(
          "factorOfTheOldResult",
          Set.of(Capability.BETA),
          (engine, given, seen) ->
              withinTheBound(engine, finite(engine, given.withAlpha(1)), seen));

  /** The same bound for any alpha and any beta. */
  public static final Law<GemmEngine, GemmCase> BOTH_FACTORS =
      law(
          "bothFactors",
          Set.of(Capability.ALPHA, Capability.BETA),
          (engine, given, seen) -> withinTheBound(engine, finite(engine, given), seen));

  /**
   * Small whole numbers, whose sums no operation rounds, give the very result: a single wrong
   * element of a long sum shows.
   */
  public static final Law<GemmEngine, GemmCase> WHOLE_NUMBERS_ARE_EXACT =
      law("wholeNumbersAreExact", Set.of(), GemmLaws::wholeNumbers);

  /** alpha = 0 gives beta · C though A and B are full of NaN, as in the BLAS. */
  public static final Law<GemmEngine, GemmCase> ZERO_FACTOR_READS_NOTHING =
      law(
          "zeroFactorReadsNothing",
          Set.of(Capability.ALPHA, Capability.NON_FINITE),
          GemmLaws::zeroFactor);

  /**
   * NaN where IEEE arithmetic gives NaN in every order of the sum, an infinity where it gives that,
   * and finite numbers elsewhere.
   */
  public static final Law<GemmEngine, GemmCase> NON_FINITE_NUMBERS =
      law("nonFiniteNumbers", Set.of(Capability.NON_FINITE), GemmLaws::nonFinite);

  /** The bits of one chain of fused multiply-adds in order of k; n = 1 is left out. */
  public static final Law<GemmEngine, GemmCase> FUSED_CHAIN =
      law("fusedChain", Set.of(Capability.FUSED_CHAIN), GemmLaws::fusedChain);

  /** All of them. */
  public static final List<Law<GemmEngine, GemmCase>> ALL =
      List.of(
          PRODUCT,
          FACTOR_OF_THE_PRODUCT,
          FACTOR_OF_THE_OLD_RESULT,
          BOTH_FACTORS,
          WHOLE_NUMBERS_ARE_EXACT,
          ZERO_FACTOR_READS_NOTHING,
          NON_FINITE_NUMBERS,
          FUSED_CHAIN);

  private GemmLaws() {}

  private static Law<GemmEngine, GemmCase> law(
      String name, Set<Capability> needs, Law.Check<GemmEngine, GemmCase> check) {
    return new Law<>(
        name,
        GemmCase::draw,
        needs,
        Capability.everyLayoutAnd(Capability.EMPTY, Capability.SUBNORMALS),
        check);
  }

  /** Operands of a case, and the call that is made with them. */
  private static final class Product {
    private final GemmCase given;
    private final Call call;
    private final Operand a;
    private final Operand b;
    private final Operand c;
    private final double[] oldC;

    /** With C full of NaN where beta = 0. */
    Product(GemmCase given) {
      this(given, given.values(), given.values());
    }

    Product(GemmCase given, Values factors, Values result) {
      Mix mix = new Mix(given.seed());
      Operand old = given.c().operand(given.m(), given.n(), result, mix);
      if (given.beta() == 0) {
        float[] nan = new float[given.m() * given.n()];
        Arrays.fill(nan, Float.NaN);
        old.assign(nan);
      }
      this.given = given;
      call = new Call(given);
      a = call.input("A", given.a().operand(given.m(), given.k(), factors, mix));
      b = call.input("B", given.b().operand(given.k(), given.n(), factors, mix));
      c = call.output("C", old);
      oldC = c.widen();
    }

    void run(GemmEngine engine) {
      engine.gemm(given.alpha(), a, b, given.beta(), c);
      call.assertNothingElseWritten();
    }

    double[] expected() {
      return GemmOracle.gemm(
          given.m(), given.n(), given.k(), given.alpha(), a.widen(), b.widen(), given.beta(), oldC);
    }

    double[] errorBound() {
      return GemmOracle.errorBound(
          given.m(), given.n(), given.k(), given.alpha(), a.widen(), b.widen(), given.beta(), oldC);
    }

    void check(Bound bound, Accuracy seen) {
      seen.check(given.m(), given.n(), c::get, expected(), bound, given.toString());
    }
  }

  /** The case with the factors that an engine declares. */
  private static GemmCase factors(GemmEngine engine, GemmCase given) {
    return given
        .withAlpha(engine.capabilities().contains(Capability.ALPHA) ? given.alpha() : 1)
        .withBeta(engine.capabilities().contains(Capability.BETA) ? given.beta() : 0);
  }

  private static GemmCase finite(GemmEngine engine, GemmCase given) {
    Values values =
        Within.values(
            engine,
            given.values(),
            Values.ORDINARY,
            Values.WIDE,
            Values.UNDERFLOWING,
            Values.ZEROS,
            Values.SUBNORMAL);
    return Within.layouts(engine, given.withValues(values));
  }

  private static void withinTheBound(GemmEngine engine, GemmCase given, Accuracy seen) {
    Product product = new Product(given);
    product.run(engine);
    product.check(Within.bound(engine, product.errorBound()), seen);
  }

  private static void wholeNumbers(GemmEngine engine, GemmCase drawn, Accuracy seen) {
    GemmCase whole = drawn.withAlpha((drawn.m() % 3) - 1f).withBeta((drawn.n() % 3) - 1f);
    GemmCase given = Within.layouts(engine, factors(engine, whole)).withValues(Values.WHOLE);
    Product product = new Product(given);
    product.run(engine);
    product.check(Bound.absolute(0), seen);
  }

  private static void zeroFactor(GemmEngine engine, GemmCase drawn, Accuracy seen) {
    GemmCase given = Within.layouts(engine, factors(engine, drawn.withAlpha(0)));
    Product product = new Product(given, Values.NON_FINITE, Values.ORDINARY);
    product.run(engine);
    product.check(Bound.ulps(0.5).times(engine.tolerance()), seen);
  }

  private static void nonFinite(GemmEngine engine, GemmCase drawn, Accuracy seen) {
    GemmCase special = drawn.withAlpha(1).withValues(Values.NON_FINITE);
    GemmCase given = Within.layouts(engine, factors(engine, special));
    Product product = new Product(given);
    product.run(engine);
    double[] expected = product.expected();
    float[] actual = product.c.toArray();
    for (int i = 0; i < actual.length; i++) {
      // Finite ones are other laws' concern; |1|·|1|·k overflows nothing.
      actual[i] = Float.isFinite(actual[i]) ? 0 : actual[i];
      expected[i] = Double.isFinite(expected[i]) ? 0 : expected[i];
    }
    seen.check(
        given.m(),
        given.n(),
        (i, j) -> actual[i * given.n() + j],
        expected,
        Bound.absolute(0),
        given.toString());
  }

  private static void fusedChain(GemmEngine engine, GemmCase drawn, Accuracy seen) {
    GemmCase wide = drawn.n() == 1 ? drawn.withN(2) : drawn;
    GemmCase finite = finite(engine, factors(engine, wide));
    // A zero's sign lasts for a few terms only.
    GemmCase given =
        finite.values() == Values.ZEROS
            ? finite.withK(finite.k() <= 3 ? finite.k() : 1 + finite.k() % 3)
            : finite;
    Product product = new Product(given);
    Operand expected = Layout.DENSE.operand(given.m(), given.n());
    for (int i = 0; i < given.m(); i++) {
      for (int j = 0; j < given.n(); j++) {
        float sum = given.beta() == 0 ? 0f : given.beta() * product.c.get(i, j);
        for (int l = 0; l < given.k() && given.alpha() != 0; l++) {
          sum = Math.fma(given.alpha() * product.a.get(i, l), product.b.get(l, j), sum);
        }
        expected.set(i, j, sum);
      }
    }
    product.run(engine);
    seen.checkBits(given.m(), given.n(), product.c::get, expected::get, given.toString());
  }
}

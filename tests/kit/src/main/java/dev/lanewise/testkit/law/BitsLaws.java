package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The laws of bit reproducibility: a row of the result has the same bits, by {@link
 * Accuracy#checkBits}, however it is computed. They have no error bound, and say nothing of whether
 * a result is right.
 */
public final class BitsLaws {
  /**
   * The same call gives the same bits again, whatever the output held before; with several threads
   * too, if {@link Capability#THREADS} is declared.
   */
  public static final Law<BitsEngine, MatrixCase> REPETITION =
      law("repetition", Set.of(), Set.of(Capability.THREADS), BitsLaws::repetition);

  /**
   * Any number of threads gives the bits of one, among them 2, 3, 7 and more than there are rows;
   * one case in 16 is large, so that parts run at the same time and an engine that keeps small work
   * on one thread uses several.
   */
  public static final Law<BitsEngine, MatrixCase> THREADS =
      law("threads", Set.of(Capability.THREADS), Set.of(), BitsLaws::threads);

  /** Rows in a part of the batch, and alone, have the bits that they have in the batch. */
  public static final Law<BitsEngine, MatrixCase> BATCHES =
      law("batches", Set.of(Capability.BATCHES), Set.of(), BitsLaws::batches);

  /** Operands in any layout give the bits that dense ones give. */
  public static final Law<BitsEngine, MatrixCase> LAYOUTS =
      law("layouts", Set.of(Capability.LAYOUTS), Set.of(), BitsLaws::layouts);

  /**
   * Threads that call at once, each with operands of its own, get the bits that each gets alone;
   * they start together and call several times, so that scratch memory they share shows.
   */
  public static final Law<BitsEngine, MatrixCase> CONCURRENT_CALLS =
      law("concurrentCalls", Set.of(Capability.CONCURRENT_CALLS), Set.of(), BitsLaws::concurrently);

  /** All laws. */
  public static final List<Law<BitsEngine, MatrixCase>> ALL =
      List.of(REPETITION, THREADS, BATCHES, LAYOUTS, CONCURRENT_CALLS);

  private static final int ROWS_ALONE = 8;
  private static final int AGAIN = 1;
  private static final int AGAIN_THREADED = 3;
  private static final int LARGE_IN = 16;
  private static final int LARGE = 20_000;
  private static final int LARGEST = 100_000;
  private static final int CALLERS = 3;
  private static final int CALLS = 3;
  private static final int LONG_ENOUGH = 800;
  private static final int TOO_LONG = 1_600;

  private BitsLaws() {}

  private static Law<BitsEngine, MatrixCase> law(
      String name,
      Set<Capability> needs,
      Set<Capability> uses,
      Law.Check<BitsEngine, MatrixCase> check) {
    Set<Capability> all =
        Capability.everyLayoutAnd(Capability.EMPTY, Capability.NON_FINITE, Capability.SUBNORMALS);
    all.addAll(uses);
    return new Law<>(name, MatrixCase::draw, needs, all, check);
  }

  /** Ordinary and wide numbers, and special ones where they are declared. */
  private static MatrixCase within(BitsEngine engine, MatrixCase given) {
    boolean special =
        engine.capabilities().containsAll(Set.of(Capability.NON_FINITE, Capability.SUBNORMALS));
    Values last = special ? Values.SPECIAL : Values.ORDINARY;
    return Within.layouts(
        engine,
        given.withValues(
            Within.values(engine, given.values(), Values.ORDINARY, Values.WIDE, last)));
  }

  private static Operand result(BitsEngine engine, MatrixCase given) {
    return given.result(given.rows(), engine.outputColumns(given.columns()));
  }

  /** Applies the operation and asserts that nothing but the result is written. */
  private static Operand apply(
      BitsEngine engine, Operand x, Operand y, int threads, Object context) {
    Call call = new Call(context);
    call.input("X", x);
    call.output("Y", y);
    engine.apply(x, y, threads);
    call.assertNothingElseWritten();
    return y;
  }

  private static void assertSame(Accuracy seen, Operand actual, Operand expected, String context) {
    seen.checkBits(expected.rows(), expected.columns(), actual::get, expected::get, context);
  }

  private static void repetition(BitsEngine engine, MatrixCase drawn, Accuracy seen) {
    Mix mix = new Mix(~drawn.seed());
    boolean several = engine.capabilities().contains(Capability.THREADS);
    MatrixCase within = within(engine, drawn);
    MatrixCase given = several ? sometimesLarge(within, mix) : within;
    int threads = several ? 1 + mix.below(engine.maxThreads()) : 1;
    Operand x = given.x();
    Operand first = apply(engine, x, result(engine, given), threads, given);
    for (int again = 0; again < (several ? AGAIN_THREADED : AGAIN); again++) {
      Operand old = first.copy();
      old.assign(Values.ORDINARY.array(old.rows() * old.columns(), mix));
      Operand y = apply(engine, x, old, threads, given);
      assertSame(seen, y, first, "again, " + threads + " threads, " + given);
    }
  }

  private static void threads(BitsEngine engine, MatrixCase drawn, Accuracy seen) {
    Mix mix = new Mix(~drawn.seed());
    MatrixCase given = sometimesLarge(within(engine, drawn), mix);
    Operand x = given.x();
    Operand alone = apply(engine, x, result(engine, given), 1, given);
    for (int threads : counts(engine.maxThreads(), given.rows(), mix)) {
      Operand y = apply(engine, x, result(engine, given), threads, given);
      assertSame(seen, y, alone, threads + " threads, as against one, " + given);
    }
  }

  private static MatrixCase sometimesLarge(MatrixCase given, Mix mix) {
    int size = mix.below(6) > 0 ? LARGE : LARGEST;
    int more = mix.below(17);
    return mix.below(LARGE_IN) == 0 && given.rows() > 3
        ? given.withRows(Math.max(given.rows(), size / Math.max(given.columns(), 20) + more))
        : given;
  }

  /** Two numbers of threads: a usual one, and one at, above or below the number of rows. */
  private static Set<Integer> counts(int max, int rows, Mix mix) {
    Set<Integer> counts = new TreeSet<>();
    counts.add(Math.min(max, mix.choose(2, 3, 7)));
    int other = rows <= max ? rows + mix.below(3) - 1 : 2 + mix.below(max);
    counts.add(Math.max(1, Math.min(max, other)));
    return counts;
  }

  private static void batches(BitsEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = within(engine, drawn);
    Mix mix = new Mix(~given.seed());
    int rows = given.rows();
    Operand x = given.x();
    Operand batch = apply(engine, x, result(engine, given), 1, given);
    if (rows == 0) {
      return;
    }
    int cut = mix.below(rows + 1);
    part(seen, engine, given, x, batch, 0, cut);
    part(seen, engine, given, x, batch, cut, rows);
    int first = mix.below(rows);
    for (int i = 0; i < Math.min(rows, ROWS_ALONE); i++) {
      int row = (first + i) % rows;
      part(seen, engine, given, x, batch, row, row + 1);
    }
  }

  /** Rows of the input as a batch of their own. */
  private static void part(
      Accuracy seen,
      BitsEngine engine,
      MatrixCase given,
      Operand x,
      Operand batch,
      int from,
      int to) {
    if (from == to) {
      return;
    }
    int n = given.columns();
    float[] elements = Arrays.copyOfRange(x.toArray(), from * n, to * n);
    MatrixCase smaller = given.withRows(to - from);
    Operand own = given.input().operand(to - from, n, elements);
    Operand y = apply(engine, own, result(engine, smaller), 1, given);
    seen.checkBits(
        y.rows(),
        y.columns(),
        y::get,
        (i, j) -> batch.get(from + i, j),
        "rows " + from + " to " + to + " alone, of " + given);
  }

  private static void layouts(BitsEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = within(engine, drawn);
    Operand x = given.x();
    MatrixCase dense = given.withLayouts(Layout.DENSE, Layout.DENSE);
    Operand denseX = Operand.dense(x.toArray(), given.rows(), given.columns());
    Operand expected = apply(engine, denseX, result(engine, dense), 1, given);
    Operand y = apply(engine, x, result(engine, given), 1, given);
    assertSame(seen, y, expected, "as against dense operands, " + given);
  }

  private static void concurrently(BitsEngine engine, MatrixCase drawn, Accuracy seen) {
    MatrixCase given = within(engine, longEnough(drawn));
    int m = given.rows();
    int n = given.columns();
    List<Operand> inputs = new ArrayList<>();
    List<Operand> alone = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      Operand x = given.another(caller + 1, m, n, given.values());
      inputs.add(x);
      alone.add(apply(engine, x, result(engine, given), 1, given));
    }
    List<List<Operand>> results =
        BitsCallers.callAtOnce(
            CALLERS,
            CALLS,
            given,
            caller -> {
              Operand y = result(engine, given);
              engine.apply(inputs.get(caller), y, 1);
              return y;
            });
    for (int caller = 0; caller < CALLERS; caller++) {
      for (Operand y : results.get(caller)) {
        assertSame(
            seen, y, alone.get(caller), "caller " + caller + " of " + CALLERS + ", " + given);
      }
    }
  }

  /** With rows so many that calls which start together overlap, and no more. */
  private static MatrixCase longEnough(MatrixCase given) {
    int columns = Math.max(given.columns(), 10);
    int rows = Math.min(given.rows(), 1 + TOO_LONG / columns);
    return given.withRows(Math.max(rows, LONG_ENOUGH / columns));
  }
}

package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.operand.Mix;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A statement that every right implementation of an operation keeps, with the cases to try it on.
 *
 * <p>A law needs capabilities, without which it says nothing of an engine, and may use others,
 * which widen the cases: other layouts, other elements.
 *
 * @param <E> the adapter of an implementation
 * @param <C> the type of case
 */
public final class Law<E extends Engine, C extends Case<C>> {
  /** How many cases are tried of each law. */
  public static final int TRIES = 500;

  private static final int SHRINKING_TRIES = 2000;

  /**
   * Asserts a law on one case.
   *
   * @param <E> the adapter of an implementation
   * @param <C> the type of case
   */
  @FunctionalInterface
  public interface Check<E, C> {
    /**
     * Asserts the law.
     *
     * @param engine the implementation
     * @param given the case, of which it leaves out what the engine does not declare
     * @param seen what remembers the worst error
     * @throws AssertionError if the law is broken
     */
    void run(E engine, C given, Accuracy seen);
  }

  /**
   * A case that has broken a law.
   *
   * @param <C> the type of case
   * @param given the case
   * @param failure what the law said
   */
  public record Counterexample<C>(C given, AssertionError failure) {
    /**
     * A case with what it led to.
     *
     * @throws NullPointerException if one is null
     */
    public Counterexample {
      Checks.notNull("Counterexample", "given", given);
      Checks.notNull("Counterexample", "failure", failure);
    }
  }

  private final String name;
  private final Function<Mix, C> cases;
  private final Set<Capability> needs;
  private final Set<Capability> uses;
  private final Check<? super E, C> check;

  /**
   * States a law.
   *
   * @param name a word or a few in camel case: the name of the contract's property as well
   * @param cases where cases come from
   * @param needs the capabilities without which the law is not tested
   * @param uses the capabilities that widen the cases
   * @param check what asserts it
   */
  public Law(
      String name,
      Function<Mix, C> cases,
      Set<Capability> needs,
      Set<Capability> uses,
      Check<? super E, C> check) {
    this.name = Checks.notNull("Law", "name", name);
    this.cases = Checks.notNull(name, "cases", cases);
    this.needs = Set.copyOf(Checks.notNull(name, "needs", needs));
    this.uses = Set.copyOf(Checks.notNull(name, "uses", uses));
    this.check = Checks.notNull(name, "check", check);
  }

  /**
   * The name.
   *
   * @return in camel case
   */
  public String name() {
    return name;
  }

  /**
   * Draws a case.
   *
   * @param mix where its randomness comes from
   * @return the case
   */
  public C draw(Mix mix) {
    return cases.apply(Checks.notNull(name, "mix", mix));
  }

  /**
   * What this law needs and an engine does not declare.
   *
   * @param engine the implementation
   * @return empty if the law applies
   */
  public Set<Capability> missing(E engine) {
    Checks.notNull(name, "engine", engine);
    Set<Capability> missing = EnumSet.noneOf(Capability.class);
    missing.addAll(needs);
    missing.removeAll(engine.capabilities());
    return missing;
  }

  /**
   * Those of the capabilities that this law needs or uses which an engine does not declare.
   *
   * @param engine the implementation
   * @return what stays untested
   */
  public Set<Capability> untested(E engine) {
    Checks.notNull(name, "engine", engine);
    Set<Capability> untested = EnumSet.noneOf(Capability.class);
    untested.addAll(needs);
    untested.addAll(uses);
    untested.removeAll(engine.capabilities());
    return untested;
  }

  /**
   * Whether an engine declares all that this law needs.
   *
   * @param engine the implementation
   * @return if not, the law says nothing of it
   */
  public boolean appliesTo(E engine) {
    return missing(engine).isEmpty();
  }

  /**
   * Asserts the law on one case.
   *
   * @param engine the implementation
   * @param given the case; what it asks beyond the engine's capabilities is left out
   * @throws AssertionError if the law is broken, or the engine throws; the message has the case
   */
  public void check(E engine, C given) {
    check(engine, given, new Accuracy(name));
  }

  /**
   * Asserts the law on one case.
   *
   * @param engine the implementation
   * @param given the case; what it asks beyond the engine's capabilities is left out
   * @param seen what remembers the worst error over many cases
   * @throws AssertionError if the law is broken, or the engine throws; the message has the case
   */
  public void check(E engine, C given, Accuracy seen) {
    Checks.notNull(name, "engine", engine);
    Checks.notNull(name, "given", given);
    Checks.notNull(name, "seen", seen);
    try {
      check.run(engine, given, seen);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new AssertionError(name + ": the engine threw " + e + "; " + given, e);
    }
  }

  /**
   * Looks for a case that breaks the law.
   *
   * @param engine the implementation
   * @param seed what the cases are drawn from
   * @param tries how many, at least 1: without a try no law has held
   * @param seen what remembers the worst error
   * @return the first one, as it was drawn
   * @throws IllegalArgumentException if there is to be no try
   */
  public Optional<Counterexample<C>> falsify(E engine, long seed, int tries, Accuracy seen) {
    Checks.notNull(name, "engine", engine);
    Checks.atLeast(name, "tries", tries, 1);
    Checks.notNull(name, "seen", seen);
    Mix mix = new Mix(seed);
    for (int i = 0; i < tries; i++) {
      Optional<Counterexample<C>> found = counterexample(engine, draw(mix), seen);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * Looks for a simpler case that breaks the law as well.
   *
   * @param engine the implementation
   * @param broken a case that breaks it
   * @return a case that breaks it; if it was found in time, none that is simpler in one respect
   *     does
   */
  public Counterexample<C> shrink(E engine, Counterexample<C> broken) {
    Checks.notNull(name, "engine", engine);
    Counterexample<C> simplest = Checks.notNull(name, "broken", broken);
    int tries = 0;
    Iterator<C> candidates = simplest.given().simpler().iterator();
    while (candidates.hasNext() && tries++ < SHRINKING_TRIES) {
      Optional<Counterexample<C>> simpler =
          counterexample(engine, candidates.next(), new Accuracy(name));
      if (simpler.isPresent()) {
        simplest = simpler.get();
        candidates = simplest.given().simpler().iterator();
      }
    }
    return simplest;
  }

  private Optional<Counterexample<C>> counterexample(E engine, C given, Accuracy seen) {
    try {
      check(engine, given, seen);
      return Optional.empty();
    } catch (AssertionError failure) {
      return Optional.of(new Counterexample<>(given, failure));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.lanewise.testkit.law;

import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.internal.Checks;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What trying an operation's laws on an engine has shown; works with any test framework.
 *
 * <pre>{@code
 * Verification.of(GemmLaws.ALL, new MyGemm(), 17).assertHeld();
 * }</pre>
 */
public final class Verification {
  /** How a law fared. */
  public enum Outcome {
    /** No case broke it. */
    HELD,
    /** A case broke it. */
    BROKEN,
    /** The engine does not declare what the law needs. */
    UNTESTED
  }

  /**
   * How one law fared.
   *
   * @param law its name
   * @param outcome how it fared
   * @param detail the worst error seen, the failure on the simplest case found, the first failure
   *     if it did not come again, or what the engine does not declare
   */
  public record Finding(String law, Outcome outcome, String detail) {
    /**
     * A finding.
     *
     * @throws NullPointerException if a part of it is null
     */
    public Finding {
      Checks.notNull("Finding", "law", law);
      Checks.notNull("Finding", "outcome", outcome);
      Checks.notNull("Finding", "detail", detail);
    }

    @Override
    public String toString() {
      return outcome + " " + law + ": " + detail;
    }
  }

  private static final String NAME = "Verification";

  private final List<Finding> findings;
  private final Set<Capability> untested;

  private Verification(List<Finding> findings, Set<Capability> untested) {
    this.findings = List.copyOf(findings);
    this.untested = untested;
  }

  /**
   * Tries every law on {@value Law#TRIES} cases; what breaks one is made as simple as possible.
   *
   * @param <E> the adapter
   * @param laws an operation's laws, such as {@link GemmLaws#ALL}
   * @param engine the implementation
   * @param seed what the cases are drawn from
   * @return the findings
   * @throws IllegalArgumentException if there are no laws, so that nothing would be verified
   */
  public static <E extends Engine> Verification of(
      List<? extends Law<E, ?>> laws, E engine, long seed) {
    Checks.notNull(NAME, "laws", laws);
    for (Law<E, ?> law : laws) {
      Checks.notNull(NAME, "a law", law);
    }
    Checks.atLeast(NAME, "the number of laws", laws.size(), 1);
    Checks.notNull(NAME, "engine", engine);
    List<Finding> findings = new ArrayList<>();
    Set<Capability> untested = EnumSet.noneOf(Capability.class);
    for (Law<E, ?> law : laws) {
      untested.addAll(law.untested(engine));
      findings.add(finding(law, engine, seed));
    }
    return new Verification(findings, untested);
  }

  private static <E extends Engine, C extends Case<C>> Finding finding(
      Law<E, C> law, E engine, long seed) {
    if (!law.appliesTo(engine)) {
      return new Finding(law.name(), Outcome.UNTESTED, Capability.list(law.missing(engine)));
    }
    Accuracy seen = new Accuracy(law.name());
    Optional<Law.Counterexample<C>> broken = law.falsify(engine, seed, Law.TRIES, seen);
    return broken.isEmpty()
        ? finding(law, Outcome.HELD, seen.toString())
        : broken(law, engine, broken.get());
  }

  private static <E extends Engine, C extends Case<C>> Finding broken(
      Law<E, C> law, E engine, Law.Counterexample<C> first) {
    Law.Counterexample<C> simplest = law.shrink(engine, first);
    String message = String.valueOf(simplest.failure().getMessage());
    try {
      law.check(engine, simplest.given());
    } catch (AssertionError again) {
      return finding(law, Outcome.BROKEN, message);
    }
    return finding(
        law,
        Outcome.BROKEN,
        "broken once and not when tried again: " + simplest.given() + "; it was: " + message);
  }

  /** Most messages begin with the law's name, which the finding has already. */
  private static Finding finding(Law<?, ?> law, Outcome outcome, String message) {
    String name = law.name() + ": ";
    String detail = message.startsWith(name) ? message.substring(name.length()) : message;
    return new Finding(law.name(), outcome, detail);
  }

  /**
   * How each law fared.
   *
   * @return in the order of the laws
   */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * The laws that fared so.
   *
   * @param outcome how
   * @return in the order of the laws
   */
  public List<Finding> findings(Outcome outcome) {
    Checks.notNull(NAME, "outcome", outcome);
    return findings.stream().filter(finding -> finding.outcome == outcome).toList();
  }

  /**
   * What the engine does not declare, so that it was not tested.
   *
   * @return the capabilities that some law needs or uses
   */
  public Set<Capability> untested() {
    return EnumSet.copyOf(untested);
  }

  /**
   * Asserts that no law is broken.
   *
   * @throws AssertionError if one is; the message has all findings
   */
  public void assertHeld() {
    if (!findings(Outcome.BROKEN).isEmpty()) {
      throw new AssertionError(toString());
    }
  }

  /** A line for each law, and one for what was not tested. */
  @Override
  public String toString() {
    String lines =
        findings.stream()
            .map(Finding::toString)
            .collect(Collectors.joining(System.lineSeparator()));
    return untested.isEmpty()
        ? lines
        : lines
            + System.lineSeparator()
            + "untested, as not declared: "
            + Capability.list(untested);
  }
}

package dev.lanewise.suite.hardening;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The bad values that a method does not refuse, or not as well as it should, each with the reason.
 * A case is named after its method, the number of the parameter, its type and the value: {@code
 * Report(int, double) #1 double NaN}.
 */
final class Exceptions {
  /** What happens to a case. */
  enum Verdict {
    /** By the right type of exception, which says what was bad. */
    REFUSED,
    /** By the right type of exception, whatever it says. */
    REFUSED_BARELY,
    ACCEPTED,
    NOT_RUN
  }

  private static final class Rule {
    final Verdict verdict;
    final Pattern cases;
    final String reason;
    boolean used;

    Rule(Verdict verdict, String cases, String reason) {
      this.verdict = verdict;
      this.cases = Pattern.compile(cases);
      this.reason = reason;
    }
  }

  private final List<Rule> rules = new ArrayList<>();

  /** Cases that succeed. */
  Exceptions accepted(String cases, String reason) {
    rules.add(new Rule(Verdict.ACCEPTED, cases, reason));
    return this;
  }

  /** Cases whose refusal need not say what was bad. */
  Exceptions refusedBarely(String cases, String reason) {
    rules.add(new Rule(Verdict.REFUSED_BARELY, cases, reason));
    return this;
  }

  /** Cases, or whole methods by their names, that are left out. */
  Exceptions notRun(String cases, String reason) {
    rules.add(new Rule(Verdict.NOT_RUN, cases, reason));
    return this;
  }

  /** What the first rule says that a case matches. */
  Verdict verdict(String name) {
    for (Rule rule : rules) {
      if (rule.cases.matcher(name).matches()) {
        rule.used = true;
        return rule.verdict;
      }
    }
    return Verdict.REFUSED;
  }

  /** The rules that no case has matched. */
  List<String> unused() {
    return rules.stream()
        .filter(rule -> !rule.used)
        .map(rule -> rule.cases + ", " + rule.reason)
        .toList();
  }
}

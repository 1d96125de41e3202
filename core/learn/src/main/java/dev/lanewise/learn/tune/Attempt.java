package dev.lanewise.learn.tune;

/** A trial at a budget, which a study runs to its end once. */
record Attempt(int trial, int budget) {
  static Attempt of(Proposal proposal) {
    return new Attempt(proposal.trial(), proposal.budget());
  }

  static Attempt of(Outcome outcome) {
    return new Attempt(outcome.trial(), outcome.budget());
  }

  /** Such as {@code trial 3 at budget 9}. */
  @Override
  public String toString() {
    return "trial %d at budget %d".formatted(trial, budget);
  }
}

package dev.lanewise.bench.tune;

import dev.lanewise.bench.console.ProgressStyle;
import dev.lanewise.bench.console.Terminal;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Outcome.Status;
import dev.lanewise.learn.tune.Proposal;
import dev.lanewise.learn.tune.StudyListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** How a study goes on: a bar of trials on a terminal, a line for each elsewhere. */
public final class StudyProgress implements StudyListener, AutoCloseable {
  private final int planned;
  private final Path journal;
  private final ProgressStyle style;
  private final PrintWriter out;
  private ProgressBar bar;
  private boolean started;
  private int known;
  private int ended;
  private Outcome best;

  /**
   * Before the first trial.
   *
   * @param planned how many trials there are
   * @param journal the journal
   * @param style how it is shown
   * @param out where lines go; a bar goes to the terminal
   */
  public StudyProgress(int planned, Path journal, ProgressStyle style, PrintWriter out) {
    this.planned = planned;
    this.journal = journal;
    this.style = style;
    this.out = out;
  }

  @Override
  public synchronized void alreadyEnded(Outcome outcome) {
    known++;
    count(outcome);
  }

  private void count(Outcome outcome) {
    ended++;
    if (outcome.status() == Status.FINISHED && (best == null || isBetter(outcome, best))) {
      best = outcome;
    }
  }

  /** Scores of different budgets do not compare: that of the larger one counts. */
  private static boolean isBetter(Outcome outcome, Outcome best) {
    return outcome.budget() == best.budget()
        ? outcome.score() > best.score()
        : outcome.budget() > best.budget();
  }

  @Override
  public synchronized void beforeTrial(Proposal proposal) {
    if (started) {
      return;
    }
    started = true;
    sayWhatIsKnown();
    if (style == ProgressStyle.BAR) {
      bar = Terminal.bar("tune", " trials", known, planned);
      describeBest().ifPresent(bar::setExtraMessage);
    }
  }

  private void sayWhatIsKnown() {
    if (known > 0 && style != ProgressStyle.QUIET) {
      out.printf("%d of %d trials are in %s and are not run again.%n", known, planned, journal);
      out.flush();
    }
  }

  @Override
  public synchronized void afterTrial(Outcome outcome) {
    count(outcome);
    if (bar != null) {
      bar.setExtraMessage(describeBest().orElse("none finished yet"));
      bar.stepTo(ended);
    }
    if (style == ProgressStyle.LINES) {
      String place = "%" + Integer.toString(planned).length() + "d/%d";
      String budget = outcome.budget() == 1 ? "" : ", budget %d".formatted(outcome.budget());
      out.printf(
          "[" + place + "] trial %d%s: %s; %s; %s%n",
          ended,
          planned,
          outcome.trial(),
          budget,
          TrialText.end(outcome),
          describeBest().orElse("none finished yet"),
          TrialText.parameters(outcome.assignment()));
      out.flush();
    }
  }

  /** Such as {@code best 97.39 % by trial 12}. */
  private Optional<String> describeBest() {
    return Optional.ofNullable(best)
        .map(b -> "best %s by trial %d".formatted(TrialText.percent(b.score()), b.trial()));
  }

  /**
   * What a study that is stopped now keeps.
   *
   * @return sentences
   */
  public synchronized String describeKept() {
    return "Stopped. %s keeps %d of %d trials%s; the same command goes on."
        .formatted(journal, ended, planned, describeBest().map(text -> ", " + text).orElse(""));
  }

  /** Leaves a terminal's line; of a study that was complete before, says so. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    } else if (!started) {
      sayWhatIsKnown();
    }
  }
}

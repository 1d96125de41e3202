package dev.lanewise.bench.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * What runs, how much of the plan is done, and how long the rest takes if it goes on like that: a
 * bar on a terminal, lines elsewhere.
 */
public final class Progress implements AutoCloseable {
  private static final int UPDATE_MILLIS = 1000;
  private static final int PER_SECOND = 10;

  /** The longest names are cut by no terminal of 120 columns. */
  private static final int WIDTH = 60;

  private final PrintStream out;
  private final ProgressBar bar;
  private final double planned;
  private final int forks;
  private final long start = System.nanoTime();
  private double done;
  private double before;
  private int fork;

  /**
   * Begins.
   *
   * @param forks how many forks there are
   * @param planned about how many seconds they take
   * @param out where lines go
   * @param terminal whether it is a terminal, where one line is written again and again
   */
  public Progress(int forks, double planned, PrintStream out, boolean terminal) {
    this.forks = forks;
    this.planned = planned;
    this.out = out;
    this.bar = terminal ? bar(planned, out) : null;
  }

  private static ProgressBar bar(double planned, PrintStream out) {
    return new ProgressBarBuilder()
        .setUnit(" s", PER_SECOND)
        .setInitialMax((long) (planned * PER_SECOND))
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .hideEta()
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .build();
  }

  /** Counts a fork of an earlier session as done. */
  void skip(Trial trial) {
    fork++;
    before += trial.seconds();
    done += trial.seconds();
  }

  /** Says what runs now. */
  void start(Trial trial, int round) {
    fork++;
    if (bar != null) {
      bar.setExtraMessage(String.format("%-" + WIDTH + "s", label(trial, round)) + left());
      bar.stepTo((long) (done * PER_SECOND));
    }
  }

  /** Says what came of it. */
  void finish(Trial trial, int round, String outcome) {
    done += trial.seconds();
    if (bar == null) {
      out.printf(
          Locale.ROOT,
          "[%3d/%d] %-64s %14s%s%n",
          fork,
          forks,
          label(trial, round),
          outcome,
          left());
    } else {
      bar.stepTo((long) (done * PER_SECOND));
    }
  }

  private static String label(Trial trial, int round) {
    return (round == 0 ? "" : "round " + round + ": ") + trial.key();
  }

  /** As long for each planned second as it took so far. */
  private String left() {
    double elapsed = (System.nanoTime() - start) / 1e9;
    double pace = done > before ? elapsed / (done - before) : 1;
    Duration left = Duration.ofSeconds(Math.round(pace * (planned - done)));
    return String.format(
        Locale.ROOT, "  about %d:%02d left", left.toMinutes(), left.toSecondsPart());
  }

  /** Leaves a terminal's line. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

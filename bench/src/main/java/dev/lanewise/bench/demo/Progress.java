package dev.lanewise.bench.demo;

import java.io.PrintStream;
import java.util.Locale;

/** What runs, how much of it is done, and how long the rest will take if it goes on like that. */
final class Progress {
  private static final int WIDTH = 56;

  private final int steps;
  private final PrintStream out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private int step;

  Progress(int steps, PrintStream out, boolean terminal) {
    this.steps = steps;
    this.out = out;
    this.terminal = terminal;
  }

  /** Says what runs now; on a terminal in place of what ran before. */
  void start(String what) {
    step++;
    out.printf(Locale.ROOT, "%s[%2d/%d] %-" + WIDTH + "s", terminal ? "\r" : "", step, steps, what);
    out.flush();
  }

  /** Says what came of it, and the times. */
  void finish(double nanos) {
    long elapsed = (System.nanoTime() - start) / 1_000_000_000;
    long left = elapsed * (steps - step) / step;
    out.printf(
        Locale.ROOT,
        "%11.1f us  %s elapsed, about %s left%s",
        nanos / 1000,
        clock(elapsed),
        clock(left),
        terminal ? "" : System.lineSeparator());
    out.flush();
  }

  /** Says that nothing came of it. */
  void fail() {
    out.println("failed");
  }

  /** Leaves a terminal's line. */
  void end() {
    if (terminal) {
      out.println();
    }
  }

  private static String clock(long seconds) {
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}

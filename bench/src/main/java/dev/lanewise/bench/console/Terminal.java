package dev.lanewise.bench.console;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The terminal that a command runs in, where it does. */
public final class Terminal {
  private static final int UPDATE_MILLIS = 200;

  private Terminal() {}

  /**
   * Whether there is one.
   *
   * @return whether a person sees what is written
   */
  public static boolean isThere() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * A bar of steps in it.
   *
   * @param command whose steps they are
   * @param unit the name of a step, behind a space
   * @param done how many were done before, so that what is left is not misjudged
   * @param planned how many there are
   * @return the bar, which leaves the line when it is closed
   */
  public static ProgressBar bar(String command, String unit, long done, long planned) {
    return new ProgressBarBuilder()
        .setTaskName(command)
        .setUnit(unit, 1)
        .setInitialMax(planned)
        .startsFrom(done, Duration.ZERO)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.out, true)))
        .build();
  }
}

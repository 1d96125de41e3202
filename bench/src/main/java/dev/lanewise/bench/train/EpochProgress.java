package dev.lanewise.bench.train;

import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.TrainingListener;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How training goes on: a bar of steps on a terminal, a line for each epoch elsewhere. */
public final class EpochProgress implements TrainingListener, AutoCloseable {
  /** How it is shown. */
  public enum Style {
    /** One line that is written again and again. */
    BAR,
    /** A line for each epoch. */
    LINES,
    /** Not at all. */
    QUIET;

    /**
     * What suits where the command runs.
     *
     * @param quiet whether it is to be quiet
     * @return a bar on a terminal, else lines
     */
    public static Style of(boolean quiet) {
      if (quiet) {
        return QUIET;
      }
      Console console = System.console();
      return console != null && console.isTerminal() ? BAR : LINES;
    }
  }

  private static final int UPDATE_MILLIS = 200;

  /** A loss of a run that fails, which would fill the line with digits. */
  private static final double LARGE = 1e6;

  private final int epochs;
  private final Style style;
  private final PrintWriter out;
  private ProgressBar bar;

  /**
   * Before the first epoch.
   *
   * @param epochs how many there are
   * @param style how it is shown
   * @param out where lines go; a bar goes to the terminal
   */
  public EpochProgress(int epochs, Style style, PrintWriter out) {
    this.epochs = epochs;
    this.style = style;
    this.out = out;
  }

  @Override
  public void afterStep(int epoch, int batch, int batches, float loss) {
    if (style != Style.BAR) {
      return;
    }
    if (bar == null) {
      bar = bar(epoch - 1, batches);
    }
    bar.stepTo((epoch - 1L) * batches + batch);
  }

  /** One that starts where a run is resumed, so that what is left is not misjudged. */
  private ProgressBar bar(int done, int batches) {
    return new ProgressBarBuilder()
        .setTaskName("train")
        .setUnit(" steps", 1)
        .setInitialMax((long) epochs * batches)
        .startsFrom((long) done * batches, Duration.ZERO)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(new PrintStream(System.out, true)))
        .build();
  }

  @Override
  public boolean afterEpoch(History.Epoch epoch) {
    if (bar != null) {
      bar.setExtraMessage(describeBriefly(epoch));
    }
    if (style == Style.LINES) {
      out.println(describe(epoch));
      out.flush();
    }
    return true;
  }

  private String describe(History.Epoch epoch) {
    String validation =
        Double.isNaN(epoch.validationAccuracy())
            ? ""
            : String.format(
                Locale.ROOT,
                "  validation accuracy %.2f %%, loss %s",
                100 * epoch.validationAccuracy(),
                number(epoch.validationLoss()));
    return String.format(
        Locale.ROOT,
        "epoch %" + Integer.toString(epochs).length() + "d/%d  loss %s%s",
        epoch.number(),
        epochs,
        number(epoch.loss()),
        validation);
  }

  /** Where a terminal of 80 columns leaves 30 beside the bar. */
  private String describeBriefly(History.Epoch epoch) {
    String validation =
        Double.isNaN(epoch.validationAccuracy())
            ? ""
            : String.format(Locale.ROOT, " val %.2f %%", 100 * epoch.validationAccuracy());
    return String.format(
        Locale.ROOT, "%d/%d loss %.4f%s", epoch.number(), epochs, epoch.loss(), validation);
  }

  private static String number(double loss) {
    return String.format(Locale.ROOT, loss < LARGE ? "%.5f" : "%.5e", loss);
  }

  /** Leaves a terminal's line. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}

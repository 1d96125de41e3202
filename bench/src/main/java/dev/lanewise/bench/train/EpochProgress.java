package dev.lanewise.bench.train;

import dev.lanewise.bench.console.ProgressStyle;
import dev.lanewise.bench.console.Terminal;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** How training goes on: a bar of steps on a terminal, a line for each epoch elsewhere. */
public final class EpochProgress implements TrainingListener, AutoCloseable {
  /** A loss of a run that fails, which would fill the line with digits. */
  private static final double LARGE = 1e6;

  private final int epochs;
  private final ProgressStyle style;
  private final PrintWriter out;
  private ProgressBar bar;

  /**
   * Before the first epoch.
   *
   * @param epochs how many there are
   * @param style how it is shown
   * @param out where lines go; a bar goes to the terminal
   */
  public EpochProgress(int epochs, ProgressStyle style, PrintWriter out) {
    this.epochs = epochs;
    this.style = style;
    this.out = out;
  }

  @Override
  public void afterStep(int epoch, int batch, int batches, float loss) {
    if (style != ProgressStyle.BAR) {
      return;
    }
    if (bar == null) {
      bar = Terminal.bar("train", " steps", (epoch - 1L) * batches, (long) epochs * batches);
    }
    bar.stepTo((epoch - 1L) * batches + batch);
  }

  @Override
  public boolean afterEpoch(History.Epoch epoch) {
    if (bar != null) {
      bar.setExtraMessage(describeBriefly(epoch));
    }
    if (style == ProgressStyle.LINES) {
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

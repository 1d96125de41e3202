package dev.lanewise.bench.train;

import dev.lanewise.bench.console.Limits;
import dev.lanewise.learn.optim.Schedule;
import picocli.CommandLine.Option;

/** How the learning rate changes. */
public final class ScheduleOptions {
  private static final String FORMS =
      "none, cosine, inverse:RATE, exponential:BASE, inverse-root or steps:FACTOR:EPOCHS";

  private static final String COSINE = "cosine";

  @Option(
      names = "--decay",
      paramLabel = "FORM",
      description = {
        "How the learning rate falls over the epochs e = 0, 1, ... (default: ${DEFAULT-VALUE}):",
        "cosine: along half a cosine to 0 at the end,",
        "inverse:RATE: 1 / (1 + RATE e), such as inverse:0.2,",
        "exponential:BASE: BASE^e, such as exponential:0.95,",
        "inverse-root: 1 / sqrt(e + 1),",
        "steps:FACTOR:EPOCHS: times FACTOR after every EPOCHS, such as steps:0.5:10."
      })
  private String decay = "none";

  @Option(
      names = "--warm-up",
      paramLabel = "EPOCHS",
      description = "For so many epochs, such as 0.5, the learning rate first rises from 0.")
  private Double warmUp;

  /** By default. */
  public ScheduleOptions() {}

  /**
   * The schedule.
   *
   * @param epochs of the whole training
   * @throws IllegalArgumentException if an option's value is none
   */
  Schedule schedule(int epochs) {
    double left = epochs - warmUp();
    if (!(left > 0)) {
      throw Limits.expected("--warm-up", warmUp, "less than --epochs, which is " + epochs);
    }
    Schedule schedule = decay(left);
    return warmUp == null ? schedule : schedule.warmedUp(warmUp);
  }

  private double warmUp() {
    return warmUp == null ? 0 : Limits.positive("--warm-up", warmUp);
  }

  private Schedule decay(double epochs) {
    String[] parts = decay.split(":", -1);
    return switch (parts[0] + "/" + (parts.length - 1)) {
      case "none/0" -> Schedule.constant();
      case COSINE + "/0" -> Schedule.cosine(epochs);
      case "inverse-root/0" -> Schedule.inverseRoot();
      case "inverse/1" -> Schedule.inverse(number(parts[1]));
      case "exponential/1" -> Schedule.exponential(number(parts[1]));
      case "steps/2" -> Schedule.steps(number(parts[1]), period(parts[2]));
      default -> throw Limits.expected("--decay", decay, FORMS);
    };
  }

  private double number(String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value > 0) || Double.isInfinite(value)) {
      throw Limits.expected("--decay", decay, "a number above 0 behind the colon");
    }
    return value;
  }

  private int period(String text) {
    if (!text.matches("0*[1-9]\\d{0,8}")) {
      throw Limits.expected("--decay", decay, "a number of epochs of at least 1 at its end");
    }
    return Integer.parseInt(text);
  }

  /** The schedule in words that are another's only if its factors are. */
  String describe(int epochs) {
    String form = decay.equals(COSINE) ? "cosine over %d epochs".formatted(epochs) : decay;
    return warmUp == null ? form : form + ", warm-up " + warmUp;
  }
}

package dev.lanewise.learn.optim;

/** Checks of the figures of schedules. */
final class Figures {
  private Figures() {}

  static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "Schedule: %s is %s; it must be finite and above 0".formatted(name, value));
    }
  }
}

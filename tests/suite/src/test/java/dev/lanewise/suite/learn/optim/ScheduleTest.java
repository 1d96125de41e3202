package dev.lanewise.suite.learn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.optim.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Learning-rate schedules against their formulas, worked by hand. */
class ScheduleTest {
  private static void follows(Schedule schedule, double... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      assertEquals(pairs[i + 1], schedule.factor(pairs[i]), 1e-12, "epoch " + pairs[i]);
    }
  }

  @Test
  void formulas() {
    follows(Schedule.constant(), 0, 1, 100.5, 1);
    follows(Schedule.inverse(0.5), 0, 1, 0.9, 1, 1, 1 / 1.5, 2.5, 0.5);
    follows(Schedule.exponential(0.9), 0, 1, 1.5, 0.9, 2, 0.81);
    follows(Schedule.inverseRoot(), 0, 1, 3.9, 0.5, 8, 1 / 3.0);
    follows(Schedule.steps(0.1, 10), 9.99, 1, 10, 0.1, 25, 0.01);
    follows(Schedule.cosine(10), 0, 1, 5, 0.5, 10, 0, 11, 0, 2.5, (1 + Math.sqrt(0.5)) / 2);
  }

  @Test
  void warmUpRisesToWhereTheScheduleBegins() {
    follows(Schedule.cosine(10).warmedUp(2), 0, 0, 1, 0.5, 2, 1, 7, 0.5, 12, 0);
    follows(Schedule.inverse(1).warmedUp(0.5), 0.25, 0.5, 0.5, 1, 1.4, 1, 1.5, 0.5);
  }

  private static void refused(Executable call, String words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void figuresOutOfRange() {
    refused(() -> Schedule.inverse(-1), "rate is -1.0");
    refused(() -> Schedule.exponential(0), "base is 0.0");
    refused(() -> Schedule.steps(0.5, 0), "epochs is 0;");
    refused(() -> Schedule.cosine(Double.NaN), "epochs is NaN");
    refused(() -> Schedule.constant().warmedUp(0), "epochs is 0.0");
  }
}

package dev.lanewise.suite.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.run.Steal;
import org.junit.jupiter.api.Test;

class StealTest {
  /** Not idle and iowait, 4 and 5; guest time, the ninth column, is in user time already. */
  @Test
  void readsTheEighthColumnAndTheSumOfWhatIsWanted() {
    assertEquals(new Steal(8, 27), Steal.parse("cpu  1 2 3 4 5 6 7 8 100 100"));
  }

  @Test
  void anOldKernelOrNoneTellsNothing() {
    assertEquals(new Steal(0, 0), Steal.parse("cpu  1 2 3 4 5 6 7"));
    assertEquals(new Steal(0, 0), Steal.parse(""));
    assertEquals(0, new Steal(0, 0).shareSince(new Steal(0, 0)));
  }

  @Test
  void theShareIsThatOfTheTimeBetween() {
    assertEquals(0.25, new Steal(15, 120).shareSince(new Steal(10, 100)));
  }
}

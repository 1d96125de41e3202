package dev.lanewise.suite.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.run.Steal;
import org.junit.jupiter.api.Test;

class StealTest {
  /** Guest time is the ninth column and is counted as user time already. */
  @Test
  void readsTheEighthColumnAndTheSumUpToIt() {
    assertEquals(new Steal(8, 36), Steal.parse("cpu  1 2 3 4 5 6 7 8 100 100"));
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

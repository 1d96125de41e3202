package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Guard;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Lanes.Implementation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkGuardTest {
  @ParameterizedTest
  @CsvSource({
    "lanewise, VECTOR, 256, 256",
    "peak,     VECTOR, 512, 512",
    "triad,    VECTOR, 256, 256",
    "scalar,   SCALAR,   0,   0",
    "naive,    VECTOR, 256, 256",
    "naive,    SCALAR,   0,   0",
    "copy,     SCALAR,   0,   0",
  })
  void lets(String method, Implementation actual, int bits, int expectedBits) {
    Guard.require(method, actual, bits, expectedBits);
  }

  @ParameterizedTest
  @CsvSource({
    "lanewise, SCALAR,   0,   0",
    "peak,     SCALAR,   0,   0",
    "scalar,   VECTOR, 256, 256",
    "lanewise, VECTOR, 128, 256",
  })
  void refuses(String method, Implementation actual, int bits, int expectedBits) {
    Exception refusal =
        assertThrows(
            IllegalStateException.class, () -> Guard.require(method, actual, bits, expectedBits));
    assertTrue(refusal.getMessage().startsWith(method + " measures "), refusal.getMessage());
  }

  @Test
  void asksWhatRunsHere() {
    assertEquals(Implementation.VECTOR, Lanes.implementation());
    Guard.require("lanewise");
    assertThrows(IllegalStateException.class, () -> Guard.require("scalar"));
  }
}

package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.suite.Alone;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import java.io.BufferedReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How long users wait where a JVM is at its worst: just started, or without the instruction. */
@Alone
@Soaked
class StartUpTest {
  private static final double LONGEST_START_SECONDS = 1;
  private static final long LONGEST_PRODUCT_MICROS = 50_000;

  /** Of which the best counts, as others use the machine too. */
  private static final int STARTS = Soak.of(5, 20);

  /** Seconds from the start of a process to its first prediction and its first step of training. */
  private record Start(double predicted, double trained) {
    static Start measure() throws Exception {
      ProcessBuilder builder =
          ChildJvm.builder(
              List.of(ChildJvm.MODULE), ChildJvm.CLASS_PATH, FirstResultMain.class.getName());
      long start = System.nanoTime();
      Process process = builder.redirectErrorStream(true).start();
      StringBuilder said = new StringBuilder();
      double predicted = 0;
      try (BufferedReader lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          double seconds = (System.nanoTime() - start) * 1e-9;
          said.append(line).append('\n');
          if (line.startsWith(FirstResultMain.PREDICTED)) {
            predicted = seconds;
          } else if (line.startsWith(FirstResultMain.TRAINED) && predicted > 0) {
            return new Start(predicted, seconds);
          }
        }
      } finally {
        process.destroy();
        process.waitFor();
      }
      return fail("no result: " + said);
    }
  }

  @Test
  void theFirstResultOfASmallNetworkTakesLessThanASecond() throws Exception {
    double predicted = Double.MAX_VALUE;
    double trained = Double.MAX_VALUE;
    for (int i = 0; i < STARTS; i++) {
      Start start = Start.measure();
      predicted = Math.min(predicted, start.predicted);
      trained = Math.min(trained, start.trained);
    }
    System.out.printf(
        Locale.ROOT,
        "from the start of a JVM: first prediction after %.2f s, first step of training after"
            + " %.2f s, the best of %d%n",
        predicted,
        trained,
        STARTS);
    assertTrue(predicted < LONGEST_START_SECONDS, "prediction after " + predicted + " s");
    assertTrue(trained < LONGEST_START_SECONDS, "training step after " + trained + " s");
    Soak.report("JVM starts", STARTS);
  }

  @Test
  void withoutHardwareFmaAProductOf64TakesLessThan50Milliseconds() throws Exception {
    Result result = ChildJvm.run(List.of(ChildJvm.MODULE, "-XX:-UseFMA"), ProductMain.class);
    assumeTrue(!result.err().contains("Unrecognized VM option"), result.err());
    assertEquals(0, result.exit(), result.err());
    Map<String, String> said =
        result
            .out()
            .lines()
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    assertTrue(said.get("reason").contains("UseFMA"), result.out());
    assertEquals(ProductMain.checksum(), said.get("checksum"));
    long median = Long.parseLong(said.get("median"));
    System.out.printf(
        "64×64×64 without hardware FMA: %d µs in steady state, %s µs the first time%n",
        median, said.get("first"));
    assertTrue(median < LONGEST_PRODUCT_MICROS, median + " µs");
  }
}

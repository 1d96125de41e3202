package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.suite.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Arrays of 2^31 - 9 elements, one JVM after the other; in each build the same on a thousandth of
 * them.
 */
@Soaked
class LargeTest {
  private static final int BRIEF = LargeCase.LONGEST / 1024;
  private static final long LIMIT_SECONDS = 400;

  /** GiB beside the heap: the JVM's own and what the system needs. */
  private static final int RESERVE = 2;

  @TempDir private static Path folder;

  @ParameterizedTest
  @EnumSource
  void elementsFarOut(LargeCase large) throws Exception {
    if (!Soak.LONG) {
      Soak.report("large, scaled down, " + large, large.run(BRIEF));
      return;
    }
    double free = freeGigabytes();
    assumeTrue(
        free >= large.heap + RESERVE,
        () ->
            "%s takes %d GiB and %d beside them; %.1f are free"
                .formatted(large, large.heap, RESERVE, free));
    Soak.report("large, " + large, inAChild(large));
  }

  private static long inAChild(LargeCase large) throws IOException, InterruptedException {
    Path out = folder.resolve(large + ".out");
    // One old generation that takes the arrays, which no collection moves.
    List<String> options =
        List.of(ChildJvm.MODULE, "-XX:+UseSerialGC", "-Xmn128m", "-Xmx" + large.heap + "g");
    Process child =
        ChildJvm.builder(options, ChildJvm.CLASS_PATH, LargeMain.class.getName(), large.name())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    child.destroyForcibly();
    String text = Files.readString(out);
    assertTrue(ended, large + ": no end after " + LIMIT_SECONDS + " s: " + text);
    assertEquals(0, child.exitValue(), text);
    String[] lines = text.strip().split("\n");
    return Long.parseLong(lines[lines.length - 1]);
  }

  /** What the system can give without swapping, or of Linux alone what it says that is. */
  private static double freeGigabytes() throws IOException {
    Path file = Path.of("/proc/meminfo");
    if (Files.exists(file)) {
      Matcher available =
          Pattern.compile("MemAvailable: +(\\d+) kB").matcher(Files.readString(file));
      if (available.find()) {
        return Long.parseLong(available.group(1)) / 0x1p20;
      }
    }
    var system =
        (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return system.getFreeMemorySize() / 0x1p30;
  }
}

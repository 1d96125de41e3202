package dev.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Processor time that a hypervisor gave to other machines, from {@code /proc/stat} of Linux.
 *
 * @param stolen clock ticks of all processors together
 * @param total all clock ticks, busy, idle and stolen
 */
public record Steal(long stolen, long total) {
  private static final Path STAT = Path.of("/proc/stat");

  /** The column after user, nice, system, idle, iowait, irq and softirq; guests are in user. */
  private static final int COLUMN = 7;

  /**
   * The counters now.
   *
   * @return zeros where the system does not tell
   */
  public static Steal now() {
    try (Stream<String> lines = Files.lines(STAT)) {
      return parse(lines.findFirst().orElse(""));
    } catch (IOException e) {
      return new Steal(0, 0);
    }
  }

  /**
   * Reads the first line of {@code /proc/stat}.
   *
   * @param line for example {@code cpu 667 0 759 111368 56 0 19 8 0 0}
   * @return the counters; zeros if there is no such column
   */
  public static Steal parse(String line) {
    long[] ticks =
        Stream.of(line.strip().split("\\s+")).skip(1).mapToLong(Long::parseLong).toArray();
    return ticks.length <= COLUMN
        ? new Steal(0, 0)
        : new Steal(ticks[COLUMN], LongStream.of(ticks).limit(COLUMN + 1).sum());
  }

  /**
   * The stolen share of the time since earlier counters.
   *
   * @param earlier the counters then
   * @return from 0 to 1
   */
  public double shareSince(Steal earlier) {
    long passed = total - earlier.total;
    return passed == 0 ? 0 : (double) (stolen - earlier.stolen) / passed;
  }
}

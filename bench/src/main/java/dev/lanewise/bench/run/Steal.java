package dev.lanewise.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Processor time that a hypervisor gave to other machines, from {@code /proc/stat} of Linux.
 *
 * @param stolen clock ticks of all processors together
 * @param wanted clock ticks that were busy or stolen
 */
public record Steal(long stolen, long wanted) {
  private static final Path STAT = Path.of("/proc/stat");

  /** The column after user, nice, system, idle, iowait, irq and softirq; guests are in user. */
  private static final int COLUMN = 7;

  /** Idle and iowait: a processor that nobody wants is not stolen from. */
  private static final Set<Integer> IDLE = Set.of(3, 4);

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
        : new Steal(
            ticks[COLUMN],
            IntStream.rangeClosed(0, COLUMN)
                .filter(column -> !IDLE.contains(column))
                .mapToLong(column -> ticks[column])
                .sum());
  }

  /**
   * The stolen share of the time that was wanted since earlier counters.
   *
   * @param earlier the counters then
   * @return from 0 to 1
   */
  public double shareSince(Steal earlier) {
    long passed = wanted - earlier.wanted;
    return passed == 0 ? 0 : (double) (stolen - earlier.stolen) / passed;
  }
}

package dev.lanewise.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processor, as Linux describes it; elsewhere no more than the JVM knows.
 *
 * @param model the vendor's name, else the architecture
 * @param architecture as the JVM names it, such as {@code amd64}
 * @param cores logical processors that are online; 0 if unknown
 * @param available logical processors that this process may use, affinity and quota counted in
 * @param quota processors' worth of time that the container may use; 0 if it is not limited
 * @param features instruction sets, such as {@code avx2}; empty if unknown
 * @param caches data and unified caches that the first core uses, by level; empty if unknown
 */
public record Processor(
    String model,
    String architecture,
    int cores,
    int available,
    double quota,
    List<String> features,
    List<Cache> caches) {

  /**
   * A cache.
   *
   * @param level 1, 2 or 3
   * @param bytes its capacity
   * @param sharedBy logical processors that share it; 0 if unknown
   */
  public record Cache(int level, long bytes, int sharedBy) {}

  /** Copies its arguments. */
  public Processor {
    features = List.copyOf(features);
    caches = List.copyOf(caches);
  }

  /**
   * The level of memory that operands lie in.
   *
   * @param bytes the size of a thread's operands
   * @param threads how many threads have such operands
   * @return for example {@code L2} or {@code memory}; nothing where the caches are not known
   */
  public Optional<String> level(long bytes, int threads) {
    if (caches.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        caches.stream()
            .filter(
                cache -> bytes * Math.max(1, Math.min(threads, cache.sharedBy())) <= cache.bytes())
            .findFirst()
            .map(cache -> "L" + cache.level())
            .orElse("memory"));
  }

  /** The processor of this machine. */
  static Processor read() {
    return read(Path.of("/"));
  }

  /**
   * Reads {@code proc} and {@code sys} below a folder.
   *
   * @param root the root of the file system, or a copy of parts of it
   * @return the processor; what cannot be read is unknown
   */
  public static Processor read(Path root) {
    List<String> info = lines(root.resolve("proc/cpuinfo"));
    String architecture = System.getProperty("os.arch");
    String features = field(info, "flags", field(info, "Features", ""));
    return new Processor(
        field(info, "model name", architecture),
        architecture,
        (int) info.stream().filter(line -> line.startsWith("processor")).count(),
        Runtime.getRuntime().availableProcessors(),
        quota(root),
        Stream.of(features.split(" ")).filter(feature -> !feature.isEmpty()).toList(),
        caches(root.resolve("sys/devices/system/cpu/cpu0/cache")));
  }

  private static String field(List<String> info, String name, String absent) {
    return info.stream()
        .filter(line -> line.matches(name + "\\s*:.*"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(absent);
  }

  /** Of cgroup version 2: "max 100000" or "150000 100000"; else of version 1. */
  private static double quota(Path root) {
    String[] max = first(root.resolve("sys/fs/cgroup/cpu.max")).split(" ");
    if (max.length == 2) {
      return max[0].equals("max") ? 0 : Double.parseDouble(max[0]) / Double.parseDouble(max[1]);
    }
    Path cpu = root.resolve("sys/fs/cgroup/cpu");
    String quota = first(cpu.resolve("cpu.cfs_quota_us"));
    String period = first(cpu.resolve("cpu.cfs_period_us"));
    boolean limited = !quota.isEmpty() && !period.isEmpty() && !quota.startsWith("-");
    return limited ? Double.parseDouble(quota) / Double.parseDouble(period) : 0;
  }

  private static List<Cache> caches(Path folder) {
    List<Cache> caches = new ArrayList<>();
    for (int i = 0; Files.isDirectory(folder.resolve("index" + i)); i++) {
      Path cache = folder.resolve("index" + i);
      String size = first(cache.resolve("size"));
      String level = first(cache.resolve("level"));
      boolean described = size.matches("\\d+K") && level.matches("\\d");
      if (described && !first(cache.resolve("type")).equals("Instruction")) {
        caches.add(
            new Cache(
                Integer.parseInt(level),
                Long.parseLong(size.substring(0, size.length() - 1)) << 10,
                count(first(cache.resolve("shared_cpu_list")))));
      }
    }
    return caches;
  }

  /** How many processors a list such as "0-3,8" names. */
  private static int count(String list) {
    if (list.isEmpty()) {
      return 0;
    }
    int count = 0;
    for (String range : list.split(",")) {
      String[] ends = range.split("-");
      count += ends.length == 2 ? Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1 : 1;
    }
    return count;
  }

  private static String first(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "" : lines.getFirst().strip();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}

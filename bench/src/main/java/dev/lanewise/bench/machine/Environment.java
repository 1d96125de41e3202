package dev.lanewise.bench.machine;

import com.sun.management.OperatingSystemMXBean;
import dev.lanewise.kernels.Lanes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Where figures come from: the code, the processor, the JVM and the system.
 *
 * @param build the start of the SHA-256 of the jar, or {@code classes} when it runs from a folder
 * @param numerics the version of the numerics
 * @param implementation {@code vector} or {@code scalar}
 * @param bits the width of vectors, or 0
 * @param registers the vector registers that the kernels count on, or 0
 * @param reason why that runs
 * @param processor the processor
 * @param memory bytes of the machine's memory, or of the container's
 * @param jvm the JVM
 * @param system the operating system
 */
public record Environment(
    String build,
    int numerics,
    String implementation,
    int bits,
    int registers,
    String reason,
    Processor processor,
    long memory,
    Jvm jvm,
    String system) {

  private static final int SHOWN_DIGITS = 12;

  /**
   * The environment of this process.
   *
   * @return a record of it
   */
  public static Environment read() {
    return new Environment(
        digestOfJar(),
        Lanes.numerics(),
        Lanes.bits() == 0 ? "scalar" : "vector",
        Lanes.bits(),
        Lanes.registers(),
        Lanes.reason(),
        Processor.read(),
        readMemory(),
        Jvm.read(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
  }

  /**
   * What differs in another environment and could change a figure.
   *
   * @param other the other environment
   * @return each with both values; empty if figures of both may be put together
   */
  public List<String> differencesTo(Environment other) {
    List<String> differences = new ArrayList<>();
    add(differences, "build", build, other.build);
    add(differences, "numerics", numerics, other.numerics);
    add(differences, "implementation", implementation, other.implementation);
    add(differences, "bits", bits, other.bits);
    add(differences, "registers", registers, other.registers);
    add(differences, "processor", processor.model(), other.processor.model());
    add(differences, "processors", processor.available(), other.processor.available());
    add(differences, "JVM", jvm.version(), other.jvm.version());
    add(differences, "flags", jvm.flags(), other.jvm.flags());
    add(differences, "system", system, other.system);
    return differences;
  }

  private static void add(List<String> differences, String name, Object here, Object there) {
    if (!here.equals(there)) {
      differences.add(name + " " + here + ", now " + there);
    }
  }

  /**
   * Processor, JVM and operating system in a line.
   *
   * @return for people
   */
  public String describe() {
    return "%s, %d processors; %s %s; %s"
        .formatted(processor.model(), processor.available(), jvm.name(), jvm.version(), system);
  }

  private static long readMemory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static String digestOfJar() {
    CodeSource source = Environment.class.getProtectionDomain().getCodeSource();
    try {
      Path path = Path.of(source.getLocation().toURI());
      if (Files.isDirectory(path)) {
        return "classes";
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
      return HexFormat.of().formatHex(digest).substring(0, SHOWN_DIGITS);
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("the code at " + source.getLocation() + " is unreadable", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

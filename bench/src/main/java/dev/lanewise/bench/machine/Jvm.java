package dev.lanewise.bench.machine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The Java virtual machine.
 *
 * @param vendor who built it, for example {@code Eclipse Adoptium Temurin-25.0.3+9}
 * @param name for example {@code OpenJDK 64-Bit Server VM}
 * @param version of its runtime, for example {@code 25.0.3+9-LTS}
 * @param info how it executes, for example {@code mixed mode, sharing}
 * @param arguments the options that it was started with, without folders
 * @param flags the flags on which the speed of vector code depends, by name, with their values;
 *     those that this JVM does not have are left out
 */
public record Jvm(
    String vendor,
    String name,
    String version,
    String info,
    List<String> arguments,
    Map<String, String> flags) {

  private static final List<String> FLAGS =
      List.of(
          "EnableVectorSupport",
          "EnableVectorReboxing",
          "MaxVectorSize",
          "TieredStopAtLevel",
          "UseAVX",
          "UseSVE",
          "UseCompactObjectHeaders",
          "UseFMA",
          "UseJVMCICompiler",
          "UseSuperWord");

  /** Copies its arguments. */
  public Jvm {
    arguments = List.copyOf(arguments);
    flags = Map.copyOf(flags);
  }

  /** The JVM that runs this code. */
  static Jvm read() {
    return new Jvm(
        (System.getProperty("java.vendor") + " " + System.getProperty("java.vendor.version", ""))
            .strip(),
        System.getProperty("java.vm.name"),
        Runtime.version().toString(),
        System.getProperty("java.vm.info"),
        shownArguments(),
        readFlags());
  }

  /** A value of {@link #flags}, if this JVM has the flag. */
  public Optional<String> flag(String name) {
    return Optional.ofNullable(flags.get(name));
  }

  private static List<String> shownArguments() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .map(Jvm::withoutFolders)
        .toList();
  }

  /**
   * An option as results show it: folders are its user's own business.
   *
   * @param argument for example {@code -javaagent:/home/me/agent.jar=x}
   * @return for example {@code -javaagent:agent.jar=x}
   */
  public static String withoutFolders(String argument) {
    return argument.replaceAll("[^=:,;@]*[/\\\\]", "");
  }

  private static Map<String, String> readFlags() {
    Map<String, String> values = new TreeMap<>();
    HotSpotDiagnosticMXBean bean =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (bean != null) {
      for (String flag : FLAGS) {
        try {
          values.put(flag, bean.getVMOption(flag).getValue());
        } catch (IllegalArgumentException e) {
          continue; // Not on this architecture, or not in this build.
        }
      }
    }
    return values;
  }
}

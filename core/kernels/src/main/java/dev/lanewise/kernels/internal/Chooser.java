package dev.lanewise.kernels.internal;

import dev.lanewise.kernels.internal.vector.Hardware;
import java.util.Locale;

/**
 * Decides once what runs in this process: vector code and its width, or the scalar definitions.
 *
 * <p>Vector code wants the module {@code jdk.incubator.vector}, HotSpot with its C2 compiler, at
 * least 128 bits and a fused multiply-add instruction. {@code -Dlanewise.impl=auto|vector|scalar}
 * overrides the choice and {@code -Dlanewise.bits=128|256|512} narrows the width. Initialising
 * never throws: a request that cannot be met is kept in {@link #FAILURE} and thrown by every
 * operation that asks.
 */
public final class Chooser {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int NARROWEST = 128;
  private static final int WIDEST = 512;

  /** Whether vector code runs. */
  private static final boolean VECTOR;

  /** The width of vector code in bits, or 0 for scalar code. */
  public static final int BITS;

  /** Vector registers: 32 on AArch64 and where the widest vector has 512 bits, else 16. */
  public static final int REGISTERS;

  /** Why this was chosen, in one sentence. */
  public static final String REASON;

  private static final String FAILURE;

  static {
    Choice choice = Choice.of(System::getProperty, new Machine());
    VECTOR = choice.bits > 0;
    BITS = choice.bits;
    REGISTERS = choice.registers;
    REASON = choice.reason;
    FAILURE = choice.failure;
    if (choice.warn) {
      System.getLogger("dev.lanewise.kernels").log(System.Logger.Level.WARNING, choice.reason);
    }
  }

  private Chooser() {}

  /**
   * Whether vector code runs.
   *
   * @throws IllegalStateException if what was asked for by system properties cannot run
   */
  public static boolean vector() {
    if (FAILURE != null) {
      throw new IllegalStateException(FAILURE);
    }
    return VECTOR;
  }

  /** What the choice depends on; tests give their own. */
  public static class Machine {
    /** Whether the Vector API's module is in the boot layer. */
    public boolean hasModule() {
      return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /** The name of the virtual machine. */
    public String vmName() {
      return System.getProperty("java.vm.name", "");
    }

    /** How the virtual machine executes, such as "mixed mode, sharing". */
    public String vmInfo() {
      return System.getProperty("java.vm.info", "");
    }

    /** The processor architecture. */
    public String arch() {
      return System.getProperty("os.arch", "");
    }

    /** The widest vector of the hardware as the compiler sees it; asked only with the module. */
    public int bits() {
      return Hardware.bits();
    }

    /** Whether fused multiply-add is an instruction. */
    public boolean hasFma() {
      return Fma.HARDWARE;
    }
  }

  /** Looks a system property up. */
  @FunctionalInterface
  public interface Properties {
    /** The value of a property, or null. */
    String get(String name);
  }

  /**
   * A decision: width (0 for scalar), registers, reason, whether to warn, and the failure or null.
   */
  public record Choice(int bits, int registers, String reason, boolean warn, String failure) {

    /** Decides. */
    public static Choice of(Properties properties, Machine machine) {
      String impl = lower(properties.get("lanewise.impl"), "auto");
      String bits = lower(properties.get("lanewise.bits"), "");
      if (!impl.equals("auto") && !impl.equals("vector") && !impl.equals("scalar")) {
        return failed("-Dlanewise.impl=" + impl + ": expected auto, vector or scalar");
      }
      if (!bits.isEmpty() && !bits.equals("128") && !bits.equals("256") && !bits.equals("512")) {
        return failed("-Dlanewise.bits=" + bits + ": expected 128, 256 or 512");
      }
      if (impl.equals("scalar")) {
        return scalar("scalar code, as -Dlanewise.impl=scalar asks", false);
      }
      boolean forced = impl.equals("vector");
      if (!machine.hasModule()) {
        String remedy =
            "the module " + MODULE + " is not resolved; start java with --add-modules " + MODULE;
        return forced
            ? failed("-Dlanewise.impl=vector cannot run: " + remedy)
            : scalar("scalar code, because " + remedy, true);
      }
      int wanted = bits.isEmpty() ? 0 : Integer.parseInt(bits);
      String slow = compilerMissing(machine);
      if (slow != null) {
        int width = wanted == 0 ? NARROWEST : wanted;
        return forced
            ? vector(machine, width, width, "vector code, forced though slow: " + slow, true)
            : scalar("scalar code, because " + slow, true);
      }
      int hardware = machine.bits();
      if (wanted > hardware) {
        return failed("-Dlanewise.bits=" + wanted + ": the hardware's vectors have " + hardware);
      }
      int width = Math.min(wanted == 0 ? hardware : wanted, WIDEST);
      if (width < NARROWEST) {
        slow = "vectors have " + hardware + " bits; at least " + NARROWEST + " are needed";
      } else if (!machine.hasFma()) {
        slow = "the processor has no fused multiply-add, or -XX:-UseFMA hides it";
      }
      if (slow != null) {
        return forced
            ? vector(
                machine,
                Math.max(width, NARROWEST),
                hardware,
                "vector code, forced though slow: " + slow,
                true)
            : scalar("scalar code, because " + slow, true);
      }
      String reason =
          wanted == 0
              ? "vector code at the hardware's width"
              : "vector code at " + width + " of " + hardware + " bits, as -Dlanewise.bits asks";
      return vector(machine, width, hardware, reason, false);
    }

    private static String compilerMissing(Machine machine) {
      String name = machine.vmName();
      String info = machine.vmInfo();
      if (!name.contains("HotSpot") && !name.contains("OpenJDK")) {
        return "the Vector API is fast on HotSpot with C2 alone, and this is " + name;
      }
      if (info.contains("interpreted")) {
        return "the JVM only interprets (-Xint)";
      }
      if (info.contains("emulated-client") || name.contains("Client")) {
        return "the C2 compiler is off (-XX:TieredStopAtLevel below 4)";
      }
      return null;
    }

    private static Choice vector(
        Machine machine, int bits, int hardware, String reason, boolean warn) {
      boolean many = machine.arch().equals("aarch64") || hardware >= WIDEST;
      return new Choice(bits, many ? 32 : 16, reason, warn, null);
    }

    private static Choice scalar(String reason, boolean warn) {
      return new Choice(0, 0, reason, warn, null);
    }

    private static Choice failed(String failure) {
      return new Choice(0, 0, failure, false, failure);
    }

    private static String lower(String value, String absent) {
      return value == null ? absent : value.trim().toLowerCase(Locale.ROOT);
    }
  }
}

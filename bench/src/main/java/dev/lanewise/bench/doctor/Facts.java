package dev.lanewise.bench.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.machine.Jvm;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Lanes.IeeeDeviation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be known without measuring.
 *
 * @param environment the code, the processor, the JVM and the system
 * @param module whether {@code jdk.incubator.vector} is resolved
 * @param properties those of {@link #PROPERTIES} that are set
 * @param deviations in what this thread's arithmetic deviates from IEEE 754's default mode
 */
public record Facts(
    Environment environment,
    boolean module,
    Map<String, String> properties,
    Set<IeeeDeviation> deviations) {
  /** The property that chooses the implementation. */
  static final String IMPL = "lanewise.impl";

  /** The property that narrows the vectors. */
  static final String BITS = "lanewise.bits";

  /** The Vector API's property that leaves out its checks of bounds. */
  static final String BOUNDS = "jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK";

  /** The property that tells a JDK's debug builds from its release. */
  static final String BUILD = "jdk.debug";

  /** The system properties that matter. */
  public static final List<String> PROPERTIES = List.of(IMPL, BITS, BOUNDS, BUILD);

  private static final String MODULE = "jdk.incubator.vector";

  /** The compiler that makes a JVM's hot code. */
  public enum Compiler {
    /** HotSpot's optimising compiler. */
    C2,
    /** HotSpot's quick compiler alone. */
    C1,
    /** No compiler. */
    INTERPRETER,
    /** A compiler such as Graal in place of C2. */
    JVMCI,
    /** That of another JVM than HotSpot. */
    OTHER;

    /** C1 and C2 by these names, the others as words. */
    @Override
    public String toString() {
      return switch (this) {
        case C1, C2, JVMCI -> name();
        case INTERPRETER, OTHER -> name().toLowerCase(Locale.ROOT);
      };
    }
  }

  /** Copies its arguments. */
  public Facts {
    properties = Map.copyOf(properties);
    deviations = Set.copyOf(deviations);
  }

  /**
   * The facts of this process and thread.
   *
   * @return a record of them
   */
  public static Facts read() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
    return new Facts(
        Environment.read(),
        ModuleLayer.boot().findModule(MODULE).isPresent(),
        properties,
        Lanes.ieeeDeviations());
  }

  /**
   * The compiler of hot code, as far as the JVM's name, version and flags tell.
   *
   * @return the compiler
   */
  @JsonProperty
  public Compiler compiler() {
    Jvm jvm = environment.jvm();
    String name = jvm.name();
    if (!name.contains("HotSpot") && !name.contains("OpenJDK")) {
      return Compiler.OTHER;
    }
    int level = jvm.flag("TieredStopAtLevel").map(Integer::parseInt).orElse(4);
    if (name.contains("Zero") || jvm.info().contains("interpreted") || level == 0) {
      return Compiler.INTERPRETER;
    }
    boolean quickAlone =
        name.contains("Client")
            || name.contains("Minimal")
            || jvm.info().contains("emulated-client")
            || level < 4;
    if (quickAlone) {
      return Compiler.C1;
    }
    // The flag is hidden until experimental flags are unlocked; builds with Graal name it.
    boolean graal = jvm.version().contains("jvmci") || jvm.vendor().contains("GraalVM");
    return jvm.flag("UseJVMCICompiler").map(Boolean::parseBoolean).orElse(graal)
        ? Compiler.JVMCI
        : Compiler.C2;
  }

  /**
   * The widest vectors of the processor, up to the 512 bits that Lanewise uses.
   *
   * @return bits, or 0 if unknown
   */
  @JsonProperty
  public int hardwareBits() {
    List<String> features = environment.processor().features();
    if (features.containsAll(List.of("avx512f", "avx512bw", "avx512dq", "avx512vl"))) {
      return 512;
    }
    if (features.contains("avx2")) {
      return 256;
    }
    return features.contains("sse2") ? 128 : 0;
  }

  /**
   * Whether the JVM uses fused multiply-add instructions.
   *
   * @return false if its flag says so, or Lanewise has found them slow
   */
  @JsonProperty
  public boolean fma() {
    return !environment.jvm().flag("UseFMA").equals(Optional.of("false"))
        && !environment.reason().contains("fused multiply-add");
  }

  /** Whether the JVM was started with an option that begins like this. */
  boolean asked(String option) {
    return environment.jvm().arguments().stream().anyMatch(a -> a.startsWith(option));
  }
}

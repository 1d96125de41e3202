package dev.lanewise.bench.doctor;

import dev.lanewise.bench.machine.Jvm;
import dev.lanewise.bench.machine.Processor;
import dev.lanewise.kernels.Lanes.IeeeDeviation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What follows from the facts alone, causes before their consequences. */
final class Examination {
  private static final String SCALAR_IS_SLOW =
      "Scalar code gives the same bits, a matrix product more than ten times slower";
  private static final String NARROW_IS_SLOW = "Narrower vectors do less in each instruction";

  private final Facts facts;
  private final Jvm jvm;
  private final Processor processor;
  private final List<Finding> findings = new ArrayList<>();

  private Examination(Facts facts) {
    this.facts = facts;
    this.jvm = facts.environment().jvm();
    this.processor = facts.environment().processor();
  }

  /** All findings: what degrades Lanewise, then notes. */
  static List<Finding> of(Facts facts) {
    Examination examination = new Examination(facts);
    examination.implementation();
    examination.compiler();
    examination.multiplyAdd();
    examination.width();
    examination.vectorSupport();
    examination.otherReasons();
    examination.build();
    examination.bits();
    examination.bounds();
    examination.processors();
    examination.options();
    return List.copyOf(examination.findings);
  }

  private void implementation() {
    if (property(Facts.IMPL).equals("scalar")) {
      degraded(
          "Lanewise runs scalar code, because -Dlanewise.impl=scalar asks for it",
          SCALAR_IS_SLOW,
          remove("-Dlanewise.impl=scalar"));
    }
    if (!facts.module()) {
      degraded(
          "The module jdk.incubator.vector is not resolved",
          "Without it there is no vector code. " + SCALAR_IS_SLOW,
          export("--add-modules=jdk.incubator.vector"));
    }
  }

  private void compiler() {
    String slow = "The Vector API is fast in code from C2 alone, elsewhere a hundredth as fast";
    switch (facts.compiler()) {
      case C2 -> {
        // As it should be.
      }
      case OTHER ->
          degraded(
              "This JVM is " + jvm.name() + ", which is not HotSpot",
              slow,
              "Install a build of OpenJDK with HotSpot, for example Temurin 25, and set"
                  + " LANEWISE_JAVA_HOME to its folder");
      case INTERPRETER, C1 ->
          degraded(
              "The C2 compiler is missing: %s, %s%s"
                  .formatted(
                      jvm.name(),
                      jvm.info(),
                      jvm.flag("TieredStopAtLevel")
                          .filter(level -> !level.equals("4"))
                          .map(level -> ", stops at level " + level)
                          .orElse("")),
              slow,
              remove(compilerOption()));
      case JVMCI ->
          degraded(
              "Another compiler takes C2's place: %s %s".formatted(jvm.vendor(), jvm.version()),
              "The kernels are shaped after what C2 makes of them; what others make of them is not"
                  + " known",
              export("-XX:+UnlockExperimentalVMOptions -XX:-UseJVMCICompiler"));
    }
  }

  /** What has switched C2 off: an option if one is known, else the kind of JVM. */
  private String compilerOption() {
    for (String option : List.of("-Xint", "-XX:TieredStopAtLevel", "-XX:CompilationMode")) {
      for (String argument : jvm.arguments()) {
        if (argument.startsWith(option)) {
          return argument;
        }
      }
    }
    return "-client, -minimal or -zero";
  }

  private void multiplyAdd() {
    if (facts.fma()) {
      return;
    }
    String option =
        facts.asked("-XX:-UseFMA") ? "-XX:-UseFMA" : "-XX:UseAVX=" + jvm.flag("UseAVX").orElse("");
    boolean hidden = facts.asked("-XX:-UseFMA") || facts.asked("-XX:UseAVX=");
    degraded(
        hidden
            ? option + " hides the processor's fused multiply-add"
            : "The processor has no fused multiply-add",
        "Without the instruction it is emulated, and Lanewise runs scalar code",
        hidden ? remove(option) : "A processor with FMA3 (x86-64 since 2013) or AArch64 is needed");
  }

  private void width() {
    int bits = facts.environment().bits();
    int hardware = facts.hardwareBits();
    String narrowed = property(Facts.BITS);
    if (!narrowed.isEmpty() && bits < hardware) {
      degraded(
          "-Dlanewise.bits=%s asks for narrow vectors; the hardware's have %d"
              .formatted(narrowed, hardware),
          NARROW_IS_SLOW,
          remove("-Dlanewise.bits=" + narrowed));
    } else if (!narrowed.isEmpty() && hardware == 0) {
      note(
          "-Dlanewise.bits=%s is set, and the hardware's width is not known".formatted(narrowed),
          NARROW_IS_SLOW,
          remove("-Dlanewise.bits=" + narrowed));
    } else if (bits > 0 && bits < hardware) {
      narrowedByJvm(bits, hardware);
    }
    if (processor.features().contains("sve") && facts.asked("-XX:UseSVE=0")) {
      degraded("-XX:UseSVE=0 hides the processor's SVE", NARROW_IS_SLOW, remove("-XX:UseSVE=0"));
    }
  }

  /** HotSpot itself narrows the vectors of some processors, whose clock falls with wide ones. */
  private void narrowedByJvm(int bits, int hardware) {
    String options =
        jvm.arguments().stream()
            .filter(a -> a.startsWith("-XX:UseAVX=") || a.startsWith("-XX:MaxVectorSize="))
            .collect(Collectors.joining(" "));
    String problem = "Vectors have %d bits; the hardware's have %d".formatted(bits, hardware);
    if (options.isEmpty()) {
      note(
          problem + ", and the JVM has chosen so for this processor",
          NARROW_IS_SLOW + "; wider ones may lower the clock",
          "To see which is faster: " + export("-XX:UseAVX=" + (hardware == 512 ? 3 : 2)));
    } else {
      degraded(problem + ", because of " + options, NARROW_IS_SLOW, remove(options));
    }
  }

  private void vectorSupport() {
    Map<String, String> needed =
        Map.of(
            "EnableVectorSupport", "C2 makes no vector instructions of the Vector API",
            "EnableVectorReboxing", "C2 gives up where it would have to box a vector again");
    needed.forEach(
        (flag, consequence) -> {
          if (facts.asked("-XX:-" + flag)) {
            degraded("-XX:-%s is set".formatted(flag), consequence, remove("-XX:-" + flag));
          }
        });
  }

  /** What the kernels themselves say, where nothing above explains it. */
  private void otherReasons() {
    if (facts.environment().bits() == 0 && findings.isEmpty()) {
      degraded(
          "Lanewise runs no vector code: " + facts.environment().reason(),
          SCALAR_IS_SLOW,
          "java -jar lanewise.jar doctor --json shows what is known");
    }
  }

  private void build() {
    String build = property(Facts.BUILD);
    if (!build.isEmpty() && !build.equals("release")) {
      degraded(
          "The JDK is a %s build".formatted(build),
          "Its assertions make the JVM and its compilers many times slower",
          "Install a release build, for example Temurin 25, and set LANEWISE_JAVA_HOME to its"
              + " folder");
    }
  }

  private void bits() {
    if (!facts.deviations().isEmpty()) {
      degraded(
          "Arithmetic is not in IEEE 754's default mode: "
              + facts.deviations().stream()
                  .sorted()
                  .map(Examination::words)
                  .collect(Collectors.joining(", ")),
          "Native code has left it behind, and results differ in their bits from those elsewhere",
          export("-XX:+RestoreMXCSROnJNICalls"));
    }
  }

  /** The deviation in words. */
  static String words(IeeeDeviation deviation) {
    return deviation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void bounds() {
    if (property(Facts.BOUNDS).equals("0")) {
      String option = "-D" + Facts.BOUNDS + "=0";
      degraded(
          option + " is set",
          "The Vector API then checks no bounds, and a wrong index damages the memory of the JVM",
          remove(option));
    }
  }

  private void processors() {
    double quota = processor.quota();
    if (quota > 0 && quota < processor.cores()) {
      note(
          "The container may use %s of %d processors".formatted(quota, processor.cores()),
          "When the quota is spent everything pauses, the JIT compiler's threads too",
          "To lift it with Docker: docker run --cpus=" + processor.cores());
    }
    if (processor.available() == 1) {
      note(
          "The JVM sees one processor",
          "The JIT compiler shares it with the kernels, so warming up takes longer",
          "If there are more: " + export("-XX:ActiveProcessorCount=2"));
    }
  }

  private void options() {
    for (String slow : List.of("-ea", "-enableassertions", "-esa", "-Xcomp")) {
      if (facts.asked(slow)) {
        note(slow + " is set", "Figures are not those of normal operation", remove(slow));
      }
    }
    for (String agent : List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrun")) {
      if (facts.asked(agent)) {
        note(
            "An agent is loaded (" + agent + ")",
            "Agents may keep the JVM from optimising",
            remove("the option"));
      }
    }
    if (jvm.flag("UseSuperWord").equals(Optional.of("false"))) {
      note(
          "-XX:-UseSuperWord is set",
          "C2 leaves plain loops scalar: those that Lanewise is compared with, not its own",
          remove("-XX:-UseSuperWord"));
    }
    Runtime.Version version = Runtime.Version.parse(jvm.version());
    if (version.pre().isPresent()) {
      note(
          "The JDK %s is no release".formatted(jvm.version()),
          "Its Vector API may still change",
          "Install a release, for example Temurin 25, and set LANEWISE_JAVA_HOME to its folder");
    }
  }

  private String property(String name) {
    return facts.properties().getOrDefault(name, "").trim().toLowerCase(Locale.ROOT);
  }

  private static String remove(String option) {
    return "Remove %s from the command line, JDK_JAVA_OPTIONS and JAVA_TOOL_OPTIONS"
        .formatted(option);
  }

  private static String export(String options) {
    return "export JDK_JAVA_OPTIONS=\"$JDK_JAVA_OPTIONS %s\"".formatted(options);
  }

  private void degraded(String problem, String consequence, String advice) {
    findings.add(Finding.degraded(problem, consequence, advice));
  }

  private void note(String problem, String consequence, String advice) {
    findings.add(Finding.note(problem, consequence, advice));
  }
}

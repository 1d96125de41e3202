package dev.lanewise.bench.doctor;

import dev.lanewise.bench.doctor.Finding.Severity;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.machine.Jvm;
import dev.lanewise.bench.machine.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link Diagnosis} for people. */
public final class DiagnosisText {
  private static final String FACT = "%-11s %s";
  private static final String ROW = "%-30s %-12s %10s %15s %8s  %s";
  private static final String NOT_MEASURED = "-";

  private DiagnosisText() {}

  /**
   * Facts, table, findings and a last line {@code healthy} or {@code degraded: N findings}.
   *
   * @param diagnosis what to say
   * @return lines
   */
  public static List<String> lines(Diagnosis diagnosis) {
    List<String> lines = new ArrayList<>(facts(diagnosis));
    lines.add("");
    lines.add(ROW.formatted("operation", "shape", "time", "speed", "of peak", "verdict"));
    diagnosis.checkup().kernels().forEach(kernel -> lines.add(row(kernel)));
    for (Finding finding : diagnosis.findings()) {
      lines.add("");
      lines.add(finding.severity() + ": " + finding.problem() + ".");
      lines.add("  " + finding.consequence() + ".");
      lines.add("  > " + finding.advice());
    }
    lines.add("");
    long degraded =
        diagnosis.findings().stream().filter(f -> f.severity() == Severity.DEGRADED).count();
    lines.add(
        diagnosis.healthy()
            ? "healthy"
            : "degraded: %d finding%s".formatted(degraded, degraded == 1 ? "" : "s"));
    return lines;
  }

  private static List<String> facts(Diagnosis diagnosis) {
    Facts facts = diagnosis.facts();
    Environment environment = facts.environment();
    Jvm jvm = environment.jvm();
    Checkup checkup = diagnosis.checkup();
    return List.of(
        FACT.formatted("processor", processor(environment.processor())),
        FACT.formatted("caches", caches(environment.processor())),
        FACT.formatted("system", environment.system()),
        FACT.formatted("JDK", "%s, %s".formatted(jvm.version(), jvm.vendor())),
        FACT.formatted("JVM", "%s, %s".formatted(jvm.name(), jvm.info())),
        FACT.formatted("options", known(String.join(" ", jvm.arguments()), "none")),
        FACT.formatted("compiler", facts.compiler()),
        FACT.formatted("module", facts.module() ? "resolved" : "not resolved"),
        FACT.formatted(
            "Lanewise",
            "%s; numerics %d, build %s"
                .formatted(environment.reason(), environment.numerics(), environment.build())),
        FACT.formatted("vectors", vectors(facts)),
        FACT.formatted("FMA", facts.fma() ? "yes" : "no"),
        FACT.formatted(
            "IEEE mode",
            known(
                facts.deviations().stream()
                    .sorted()
                    .map(Examination::words)
                    .collect(Collectors.joining(", ")),
                "default")),
        FACT.formatted(
            "peak",
            checkup.peak() == 0
                ? "not measured"
                : String.format(
                    Locale.ROOT,
                    "%.1f GFLOP/s at %d bits on one thread",
                    checkup.peak(),
                    environment.bits())));
  }

  private static String processor(Processor processor) {
    return String.format(
        Locale.ROOT,
        "%s, %s, %d of %d processors, %s",
        processor.model(),
        processor.architecture(),
        processor.available(),
        Math.max(processor.cores(), processor.available()),
        processor.quota() == 0 ? "no quota" : "quota of " + processor.quota());
  }

  private static String caches(Processor processor) {
    return known(
        processor.caches().stream()
            .map(c -> "L%d %d KiB".formatted(c.level(), c.bytes() >> 10))
            .collect(Collectors.joining(", ")),
        "unknown");
  }

  private static String vectors(Facts facts) {
    Environment environment = facts.environment();
    String used =
        environment.bits() == 0
            ? "none"
            : "%d bits, %d registers".formatted(environment.bits(), environment.registers());
    return facts.hardwareBits() == 0
        ? used
        : used + "; the hardware's have " + facts.hardwareBits();
  }

  private static String known(String value, String absent) {
    return value.isEmpty() ? absent : value;
  }

  private static String row(KernelFigure kernel) {
    boolean timed = kernel.nanos() > 0;
    return ROW.formatted(
        kernel.operation(),
        kernel.shape(),
        timed ? number("%.2f µs", kernel.nanos() / 1e3) : NOT_MEASURED,
        timed ? number("%.3g GFLOP/s", kernel.gflops()) : NOT_MEASURED,
        kernel.share() > 0 ? number("%.2g %%", 100 * kernel.share()) : NOT_MEASURED,
        kernel.verdict());
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

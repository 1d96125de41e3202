package dev.lanewise.bench.doctor;

import dev.lanewise.bench.doctor.Finding.Severity;
import dev.lanewise.bench.doctor.KernelFigure.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What the doctor says.
 *
 * @param healthy whether no finding says degraded
 * @param facts what is known without measuring
 * @param checkup what was measured
 * @param findings what follows: what degrades Lanewise before notes, causes before consequences
 */
public record Diagnosis(boolean healthy, Facts facts, Checkup checkup, List<Finding> findings) {
  /** A median call that takes so much longer than the best is a sign of a busy machine. */
  private static final double NOISY = 1.25;

  /** Copies its arguments. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /**
   * Examines this JVM.
   *
   * @param progress is told what is measured next
   * @return the diagnosis, in less than 30 seconds
   */
  public static Diagnosis make(Consumer<String> progress) {
    Facts facts = Facts.read();
    return of(facts, Checkup.measure(facts.environment().bits(), progress));
  }

  /**
   * Draws the conclusions.
   *
   * @param facts what is known without measuring
   * @param checkup what was measured
   * @return the diagnosis
   */
  public static Diagnosis of(Facts facts, Checkup checkup) {
    List<Finding> findings = new ArrayList<>(Examination.of(facts));
    findings.addAll(emulated(checkup));
    findings.addAll(broken(checkup, Verdict.WRONG));
    findings.addAll(broken(checkup, Verdict.FAILS));
    findings.addAll(noisy(checkup));
    findings.addAll(slow(checkup));
    List<Finding> sorted =
        Stream.of(Severity.values())
            .flatMap(s -> findings.stream().filter(f -> f.severity() == s))
            .toList();
    return new Diagnosis(
        findings.stream().noneMatch(f -> f.severity() == Severity.DEGRADED),
        facts,
        checkup,
        sorted);
  }

  private static List<Finding> emulated(Checkup checkup) {
    List<String> slow = new ArrayList<>();
    if (checkup.peak() < checkup.lowestPeak()) {
      slow.add(
          String.format(
              Locale.ROOT,
              "multiply-adds in registers (%.3g GFLOP/s; any hardware reaches %.3g)",
              checkup.peak(),
              checkup.lowestPeak()));
    }
    for (KernelFigure kernel : checkup.kernels()) {
      if (kernel.verdict() == Verdict.EMULATED) {
        slow.add(
            String.format(
                Locale.ROOT,
                "%s (%.2g %% of peak; vector code reaches %.2g %%)",
                kernel.operation(),
                100 * kernel.share(),
                100 * kernel.floor()));
      }
    }
    return slow.isEmpty()
        ? List.of()
        : List.of(
            Finding.degraded(
                "Far too slow for vector instructions: " + String.join(", ", slow),
                "C2 has made calls of vector operations, or has not compiled them at all",
                "Try again on an idle machine and with the newest update of the JDK; if it stays,"
                    + " report it with: java -jar lanewise.jar doctor --json > doctor.json"));
  }

  /** One finding for kernels that say the same. */
  private static List<Finding> broken(Checkup checkup, Verdict verdict) {
    Map<String, List<String>> operations =
        checkup.kernels().stream()
            .filter(kernel -> kernel.verdict() == verdict)
            .collect(
                Collectors.groupingBy(
                    KernelFigure::message,
                    TreeMap::new,
                    Collectors.mapping(KernelFigure::operation, Collectors.toList())));
    List<Finding> findings = new ArrayList<>();
    operations.forEach(
        (message, names) -> {
          boolean all = names.size() == checkup.kernels().size();
          String who = all ? "every operation" : String.join(", ", names);
          findings.add(
              verdict == Verdict.WRONG
                  ? Finding.degraded(
                      "Wrong results of %s: %s".formatted(who, message),
                      "Results are not to be relied on",
                      "Try the newest update of the JDK; report it with: java -jar lanewise.jar"
                          + " doctor --json > doctor.json")
                  : Finding.degraded(
                      "Failure of %s: %s".formatted(who, message),
                      "What fails cannot be used",
                      "Do what the message says"));
        });
    return findings;
  }

  private static List<Finding> slow(Checkup checkup) {
    List<String> slow =
        checkup.kernels().stream()
            .filter(kernel -> kernel.verdict() == Verdict.SLOW)
            .map(
                kernel ->
                    String.format(
                        Locale.ROOT,
                        "%s (%.2g %% of peak; %.2g %% where it was tested)",
                        kernel.operation(),
                        100 * kernel.share(),
                        100 * kernel.usual()))
            .toList();
    return slow.isEmpty()
        ? List.of()
        : List.of(
            Finding.note(
                "Slower than expected: " + String.join(", ", slow),
                "Other processes took the processor or kept C2 from compiling, or this processor"
                    + " has other proportions",
                "Try again when the machine is idle"));
  }

  private static List<Finding> noisy(Checkup checkup) {
    double[] noise =
        DoubleStream.concat(
                DoubleStream.of(checkup.noise()),
                checkup.kernels().stream().mapToDouble(KernelFigure::noise))
            .filter(n -> n > 0)
            .sorted()
            .toArray();
    double median = noise.length == 0 ? 1 : noise[noise.length / 2];
    return median < NOISY
        ? List.of()
        : List.of(
            Finding.note(
                String.format(
                    Locale.ROOT,
                    "Figures are noisy: the median call takes %.2f times the best",
                    median),
                "Other processes or virtual machines use the processor too",
                "Measure when the machine is idle"));
  }
}

package dev.lanewise.suite.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.doctor.Diagnosis;
import dev.lanewise.bench.doctor.DiagnosisText;
import dev.lanewise.bench.doctor.Finding;
import dev.lanewise.bench.doctor.Finding.Severity;
import dev.lanewise.bench.doctor.KernelFigure.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows from measurements, and how it is said. */
class DiagnosisTest {
  private final Patient patient = new Patient();

  private Finding only() {
    List<Finding> findings = patient.findings();
    assertEquals(1, findings.size(), findings.toString());
    return findings.getFirst();
  }

  @Test
  void emulatedKernelsAreNamedWithTheirShares() {
    patient.kernels.add(patient.kernel("adam", 0.002, Verdict.EMULATED, ""));
    assertEquals(Severity.DEGRADED, only().severity());
    assertTrue(
        only().problem().endsWith("adam (0.20 % of peak; vector code reaches 2.0 %)"),
        only().problem());
    assertFalse(patient.diagnosis().healthy());
  }

  @Test
  void slowKernelsAreNotedWithTheirShares() {
    patient.kernels.add(patient.kernel("adam", 0.05, Verdict.SLOW, ""));
    assertEquals(
        "Slower than expected: adam (5.0 % of peak; 16 % where it was tested)", only().problem());
    assertEquals(Severity.NOTE, only().severity());
    assertTrue(patient.diagnosis().healthy());
  }

  @Test
  void anEmulatedPeakIsSeenByTheWidth() {
    patient.peak = 15;
    assertTrue(only().problem().contains("15.0 GFLOP/s; any hardware reaches 16.0"), "" + only());
    patient.peak = 17;
    assertEquals(List.of(), patient.findings());
    patient.peak = 3.2;
    assertTrue(only().problem().contains("multiply-adds in registers (3.20"), "" + only());
  }

  @Test
  void wrongResultsAreNotToBeReliedOn() {
    patient.kernels.add(patient.kernel("adam", 0, Verdict.WRONG, "expected 1, actual 2"));
    assertEquals("Wrong results of adam: expected 1, actual 2", only().problem());
    assertFalse(patient.diagnosis().healthy());
  }

  @Test
  void whatFailsForOneReasonIsOneFinding() {
    patient.kernels.clear();
    patient.kernels.add(patient.kernel("gemm", 0, Verdict.FAILS, "refused"));
    patient.kernels.add(patient.kernel("adam", 0, Verdict.FAILS, "refused"));
    assertEquals("Failure of every operation: refused", only().problem());
    patient.kernels.add(patient.kernel("relu", 0.1, Verdict.OK, ""));
    assertEquals("Failure of gemm, adam: refused", only().problem());
  }

  @Test
  void noiseIsANote() {
    patient.noise = 1.6;
    patient.kernels.replaceAll(k -> patient.kernel(k.operation(), 0.5, Verdict.OK, ""));
    assertEquals(Severity.NOTE, only().severity());
    assertTrue(only().problem().contains("1.60 times"), only().problem());
    assertTrue(patient.diagnosis().healthy());
  }

  @Test
  void aHealthyTextHasFactsTableAndVerdict() {
    patient.quota = 8;
    List<String> lines = DiagnosisText.lines(patient.diagnosis());
    assertEquals("healthy", lines.getLast());
    String text = String.join("\n", lines);
    for (String part :
        List.of(
            "processor   A processor, amd64, 8 of 8 processors, quota of 8.0",
            "JDK         25.0.3+9-LTS, Eclipse Adoptium",
            "compiler    C2",
            "module      resolved",
            "vectors     512 bits, 32 registers; the hardware's have 512",
            "FMA         yes",
            "IEEE mode   default",
            "peak        100.0 GFLOP/s at 512 bits")) {
      assertTrue(text.contains(part), text);
    }
    assertTrue(
        lines.stream().anyMatch(l -> l.matches("gemm +8x8 +1\\.00 µs +80\\.0 GFLOP/s +80 % +ok")),
        text);
  }

  @Test
  void aDegradedTextEndsWithTheNumberOfFindings() {
    patient.available = 1;
    patient.module = false;
    patient.scalar("scalar code");
    List<String> lines = DiagnosisText.lines(patient.diagnosis());
    assertEquals("degraded: 1 finding", lines.getLast());
    assertTrue(lines.contains("degraded: The module jdk.incubator.vector is not resolved."));
    assertTrue(lines.contains("note: The JVM sees one processor."), lines.toString());
    assertTrue(lines.contains("peak        not measured"), lines.toString());
    patient.properties.put("jdk.debug", "slowdebug");
    Diagnosis two = patient.diagnosis();
    assertEquals("degraded: 2 findings", DiagnosisText.lines(two).getLast());
  }
}

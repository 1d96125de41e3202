package dev.lanewise.suite.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.doctor.Facts.Compiler;
import dev.lanewise.bench.doctor.Finding;
import dev.lanewise.bench.doctor.Finding.Severity;
import dev.lanewise.kernels.Lanes.IeeeDeviation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every finding that follows from facts, on machines that are not there. */
class ExaminationTest {
  private final Patient patient = new Patient();

  /** One finding and no other, with these words in its problem and advice. */
  private void assertOnly(Severity severity, String problem, String advice) {
    List<Finding> findings = patient.findings();
    assertEquals(1, findings.size(), findings.toString());
    assertFinding(findings.getFirst(), severity, problem, advice);
    assertEquals(severity == Severity.NOTE, patient.diagnosis().healthy());
  }

  private static void assertFinding(
      Finding finding, Severity severity, String problem, String advice) {
    assertEquals(severity, finding.severity(), finding.toString());
    assertTrue(finding.problem().contains(problem), finding.toString());
    assertTrue(finding.advice().contains(advice), finding.toString());
    assertFalse(finding.consequence().isBlank(), finding.toString());
  }

  @Test
  void aHealthyMachineHasNoFinding() {
    assertEquals(List.of(), patient.findings());
    assertTrue(patient.diagnosis().healthy());
    assertEquals(Compiler.C2, patient.facts().compiler());
  }

  @Test
  void aHealthyAArch64HasNoFinding() {
    patient.features = List.of("fp", "asimd", "sve");
    patient.bits = 128;
    patient.flags.remove("UseAVX");
    assertEquals(List.of(), patient.findings());
    assertEquals(0, patient.facts().hardwareBits());
  }

  @Test
  void scalarCodeThatWasAskedFor() {
    patient.properties.put("lanewise.impl", "Scalar");
    patient.scalar("scalar code, as -Dlanewise.impl=scalar asks");
    assertOnly(Severity.DEGRADED, "-Dlanewise.impl=scalar", "Remove -Dlanewise.impl=scalar");
  }

  @Test
  void theModuleIsMissing() {
    patient.module = false;
    patient.scalar("scalar code, because the module is not resolved");
    assertOnly(
        Severity.DEGRADED,
        "jdk.incubator.vector is not resolved",
        "export JDK_JAVA_OPTIONS=\"$JDK_JAVA_OPTIONS --add-modules=jdk.incubator.vector\"");
  }

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client', 1, -XX:TieredStopAtLevel=1, C1",
    "OpenJDK 64-Bit Server VM, mixed mode, 3, -XX:TieredStopAtLevel=3, C1",
    "OpenJDK 64-Bit Server VM, mixed mode, 0, -XX:TieredStopAtLevel=0, INTERPRETER",
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client', 4, -XX:CompilationMode=quick-only,"
        + " C1",
    "OpenJDK 64-Bit Server VM, interpreted mode, 4, -Xint, INTERPRETER",
    "OpenJDK Client VM, mixed mode, 4, -client, C1",
    "OpenJDK 64-Bit Minimal VM, mixed mode, 4, -minimal, C1",
    "OpenJDK 64-Bit Zero VM, interpreted mode, 4, -zero, INTERPRETER"
  })
  void c2IsMissing(String name, String info, String level, String option, Compiler compiler) {
    patient.name = name;
    patient.info = info;
    patient.flag("TieredStopAtLevel", level, option);
    patient.scalar("scalar code, because the C2 compiler is off");
    assertEquals(compiler, patient.facts().compiler());
    assertOnly(Severity.DEGRADED, "C2 compiler is missing: " + name, option);
  }

  @Test
  void anotherJvm() {
    patient.name = "Eclipse OpenJ9 VM";
    patient.info = "JRE 25 Linux amd64-64-Bit Compressed References";
    patient.flags.clear();
    patient.scalar("scalar code, because this is Eclipse OpenJ9 VM");
    assertOnly(Severity.DEGRADED, "Eclipse OpenJ9 VM", "Temurin 25");
  }

  @Test
  void anotherCompiler() {
    patient.flag("UseJVMCICompiler", "true", "-XX:+UseJVMCICompiler");
    assertOnly(Severity.DEGRADED, "Another compiler", "-XX:-UseJVMCICompiler");
  }

  @Test
  void graalIsTheDefaultOfItsBuildsAndC2CanBeHadThere() {
    patient.vendor = "Oracle Corporation Oracle GraalVM 25+37.1";
    patient.version = "25+37-LTS-jvmci-b01";
    assertOnly(Severity.DEGRADED, "Oracle GraalVM", "-XX:-UseJVMCICompiler");
    patient.flag("UseJVMCICompiler", "false", "-XX:-UseJVMCICompiler");
    assertEquals(List.of(), patient.findings());
  }

  @Test
  void multiplyAddIsHidden() {
    patient.flag("UseFMA", "false", "-XX:-UseFMA");
    patient.scalar("scalar code, because the processor has no fused multiply-add");
    assertOnly(Severity.DEGRADED, "-XX:-UseFMA hides", "Remove -XX:-UseFMA");
  }

  @Test
  void theProcessorHasNoMultiplyAdd() {
    patient.features = List.of("sse2", "avx");
    patient.flags.put("UseFMA", "false");
    patient.scalar("scalar code, because the processor has no fused multiply-add");
    assertOnly(Severity.DEGRADED, "The processor has no fused multiply-add", "FMA3");
  }

  @Test
  void multiplyAddIsSlowThoughTheFlagSaysNothing() {
    patient.flags.remove("UseFMA");
    patient.scalar("scalar code, because the processor has no fused multiply-add");
    assertOnly(Severity.DEGRADED, "no fused multiply-add", "FMA3");
  }

  @Test
  void narrowVectorsThatWereAskedFor() {
    patient.properties.put("lanewise.bits", "128");
    patient.bits = 128;
    assertOnly(Severity.DEGRADED, "-Dlanewise.bits=128 asks", "Remove -Dlanewise.bits=128");
    patient.properties.put("lanewise.bits", "512");
    patient.bits = 512;
    assertEquals(List.of(), patient.findings());
  }

  @ParameterizedTest
  @CsvSource({"-XX:UseAVX=1, 128", "-XX:UseAVX=2, 256", "-XX:MaxVectorSize=16, 128"})
  void theJvmWasToldToNarrowVectors(String option, int bits) {
    patient.arguments.add(option);
    patient.bits = bits;
    assertOnly(
        Severity.DEGRADED, "%d bits; the hardware's have 512".formatted(bits), "Remove " + option);
  }

  @Test
  void theJvmNarrowsVectorsByItself() {
    patient.bits = 256;
    assertOnly(Severity.NOTE, "256 bits; the hardware's have 512", "-XX:UseAVX=3");
  }

  @Test
  void sveIsHidden() {
    patient.features = List.of("asimd", "sve");
    patient.bits = 128;
    patient.flag("UseSVE", "0", "-XX:UseSVE=0");
    assertOnly(Severity.DEGRADED, "SVE", "Remove -XX:UseSVE=0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:-EnableVectorSupport", "-XX:-EnableVectorReboxing"})
  void vectorSupportIsOff(String option) {
    patient.arguments.add(option);
    assertOnly(Severity.DEGRADED, option, "Remove " + option);
  }

  @Test
  void whateverElseLanewiseSays() {
    patient.scalar("vectors have 64 bits; at least 128 are needed");
    assertOnly(Severity.DEGRADED, "vectors have 64 bits", "--json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fastdebug", "slowdebug"})
  void aDebugBuild(String build) {
    patient.properties.put("jdk.debug", build);
    assertOnly(Severity.DEGRADED, build, "release build");
  }

  @Test
  void anotherModeOfArithmetic() {
    patient.deviations.add(IeeeDeviation.DENORMALS_ARE_ZERO);
    patient.deviations.add(IeeeDeviation.FLUSH_TO_ZERO);
    assertOnly(
        Severity.DEGRADED,
        "default mode: flush to zero, denormals are zero",
        "-XX:+RestoreMXCSROnJNICalls");
  }

  @Test
  void boundsAreNotChecked() {
    patient.properties.put("jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK", "0");
    assertOnly(Severity.DEGRADED, "OOB_CHECK=0", "OOB_CHECK=0");
    patient.properties.put("jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK", "2");
    assertEquals(List.of(), patient.findings());
  }

  @Test
  void aQuotaBelowTheProcessors() {
    patient.quota = 1.5;
    patient.available = 2;
    assertOnly(Severity.NOTE, "1.5 of 8 processors", "--cpus=8");
    patient.quota = 8;
    assertEquals(List.of(), patient.findings());
  }

  @Test
  void oneProcessor() {
    patient.available = 1;
    assertOnly(Severity.NOTE, "one processor", "ActiveProcessorCount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-ea", "-esa", "-Xcomp", "-XX:-UseSuperWord"})
  void optionsThatChangeFigures(String option) {
    patient.flag("UseSuperWord", String.valueOf(!option.contains("SuperWord")), option);
    assertOnly(Severity.NOTE, option, "Remove " + option);
  }

  @Test
  void aDebugger() {
    patient.arguments.add("-agentlib:jdwp=transport=dt_socket,server=y");
    assertOnly(Severity.NOTE, "agent", "Remove");
  }

  @ParameterizedTest
  @ValueSource(strings = {"27-ea+3-123", "25-internal-adhoc.me"})
  void noRelease(String version) {
    patient.version = version;
    assertOnly(Severity.NOTE, version, "Install a release");
  }

  @Test
  void causesComeFirstAndNotesLast() {
    patient.available = 1;
    patient.module = false;
    patient.deviations.add(IeeeDeviation.FLUSH_TO_ZERO);
    patient.scalar("scalar code, because the module is not resolved");
    List<Finding> findings = patient.findings();
    assertEquals(3, findings.size(), findings.toString());
    assertFinding(findings.get(0), Severity.DEGRADED, "module", "--add-modules");
    assertFinding(findings.get(1), Severity.DEGRADED, "IEEE", "MXCSR");
    assertFinding(findings.get(2), Severity.NOTE, "one processor", "");
  }
}

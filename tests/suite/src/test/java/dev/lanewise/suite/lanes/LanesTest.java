package dev.lanewise.suite.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernels.Lanes;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import dev.lanewise.suite.bits.ChecksumTest;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What users meet who start a JVM in one way or another: the choice, the words and the same bits.
 */
class LanesTest {
  private static final String REMEDY = "--add-modules jdk.incubator.vector";

  /** {@link LanesMain} with the kernels on the class path. */
  private static Result run(String... options) throws Exception {
    return ChildJvm.run(List.of(options), LanesMain.class);
  }

  /**
   * {@link LanesMain} with the kernels as a named module; everything else stays on the class path.
   */
  private static Result runModular(String... options) throws Exception {
    Path kernels =
        Path.of(Softmax.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> all = new ArrayList<>(List.of("--module-path", kernels.toString()));
    all.add("--add-modules=dev.lanewise.kernels");
    all.addAll(List.of(options));
    String rest =
        Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator, -1))
            .filter(entry -> !Path.of(entry).equals(kernels))
            .collect(Collectors.joining(File.pathSeparator));
    return ChildJvm.run(all, rest, LanesMain.class.getName());
  }

  private static void assertComputes(Result result, String implementation, String... words) {
    String text = result.out() + result.err();
    assertEquals(0, result.exit(), text);
    assertContains(text, "implementation: " + implementation);
    for (String word : words) {
      assertContains(text, word);
    }
    assertTrue(result.out().endsWith(ChecksumTest.EXPECTED), text);
  }

  private static void assertContains(String text, String word) {
    assertTrue(text.contains(word), () -> "no '" + word + "' in: " + text);
  }

  /** One warning, which names the remedy. */
  private static void assertWarnsOnce(Result result, String word) {
    long warnings =
        result.err().lines().filter(line -> line.startsWith("WARNING: scalar code")).count();
    assertEquals(1, warnings, result.err());
    assertContains(result.err(), word);
  }

  @Test
  void withoutTheModuleScalarCodeRunsAndSaysSoOnce() throws Exception {
    Result result = run();
    assertComputes(result, "SCALAR", REMEDY);
    assertWarnsOnce(result, REMEDY);
  }

  @Test
  void withTheModuleVectorCodeRunsInSilence() throws Exception {
    assumeTrue(Lanes.implementation() == Lanes.Implementation.VECTOR, Lanes.describe());
    Result result = run(ChildJvm.MODULE);
    assertComputes(result, "VECTOR", "module: unnamed module");
    assertFalse(result.err().contains("lanewise"), result.err());
  }

  @Test
  void aForcedVectorWithoutTheModuleFailsAtFirstUse() throws Exception {
    Result result = run("-Dlanewise.impl=vector");
    assertEquals(0, result.exit(), result.err());
    assertContains(result.out(), "bits: 0");
    assertContains(result.out(), "refused: -Dlanewise.impl=vector cannot run");
    assertContains(result.out(), REMEDY);
  }

  @Test
  void aWidthAboveTheHardwareFailsAtFirstUse() throws Exception {
    assumeTrue(Lanes.bits() > 0 && Lanes.bits() < 512, "needs vectors below 512 bits");
    Result result = run(ChildJvm.MODULE, "-Dlanewise.bits=512");
    assertEquals(0, result.exit(), result.err());
    assertContains(result.out(), "refused: -Dlanewise.bits=512: the hardware's vectors have ");
  }

  @Test
  void interpretedScalarCodeRuns() throws Exception {
    Result result = run(ChildJvm.MODULE, "-Xint");
    assertComputes(result, "SCALAR", "-Xint");
    assertWarnsOnce(result, "-Xint");
  }

  @Test
  void withoutC2ScalarCodeRuns() throws Exception {
    Result result = run(ChildJvm.MODULE, "-XX:TieredStopAtLevel=1");
    assertComputes(result, "SCALAR", "TieredStopAtLevel");
    assertWarnsOnce(result, "C2");
  }

  @Test
  void withoutFusedMultiplyAddScalarCodeRunsWithTheSameBits() throws Exception {
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "-XX:-UseFMA is tried on x86-64");
    Result result = run(ChildJvm.MODULE, "-XX:-UseFMA");
    assertComputes(result, "SCALAR", "UseFMA");
    assertWarnsOnce(result, "UseFMA");
  }

  @Test
  void asANamedModuleItRunsBothWays() throws Exception {
    assumeTrue(Lanes.implementation() == Lanes.Implementation.VECTOR, Lanes.describe());
    Result plain = runModular();
    assertComputes(plain, "SCALAR", "module: module dev.lanewise.kernels");
    assertWarnsOnce(plain, REMEDY);
    Result vector = runModular(ChildJvm.MODULE);
    assertComputes(vector, "VECTOR", "module: module dev.lanewise.kernels");
  }
}

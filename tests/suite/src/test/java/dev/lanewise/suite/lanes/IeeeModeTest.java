package dev.lanewise.suite.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernels.Lanes;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The probe sees every mode that native code can leave behind, whatever executes the probe. */
class IeeeModeTest {
  private static final String PROBE = "dev.lanewise.kernels.internal.IeeeMode::";

  private static final List<String> EXPECTED =
      List.of(
          "mode default: []",
          "mode flush to zero: [FLUSH_TO_ZERO]",
          "mode denormals are zero: [DENORMALS_ARE_ZERO]",
          "mode both: [FLUSH_TO_ZERO, DENORMALS_ARE_ZERO]",
          "mode down: [DIRECTED_ROUNDING]",
          "mode up: [DIRECTED_ROUNDING]",
          "mode towards zero: [DIRECTED_ROUNDING]",
          "mode all: [FLUSH_TO_ZERO, DENORMALS_ARE_ZERO, DIRECTED_ROUNDING]",
          "mode default again: []");

  @Test
  void aThreadOfJavaIsInTheDefaultMode() {
    assertEquals(Set.of(), Lanes.ieeeDeviations());
  }

  @Test
  void interpretedCodeSeesEveryMode() throws Exception {
    assertSeen("-Xint");
  }

  @Test
  void codeFromC1SeesEveryMode() throws Exception {
    assertCompiledSeen("-XX:TieredStopAtLevel=1");
  }

  @Test
  void codeFromC2SeesEveryMode() throws Exception {
    assertCompiledSeen("-XX:-TieredCompilation");
  }

  /** Compiled before the first call, in the default mode, and nothing else with it. */
  private static void assertCompiledSeen(String compiler) throws Exception {
    Result result =
        assertSeen(compiler, "-Xcomp", "-XX:CompileOnly=" + PROBE + "*", "-XX:+PrintCompilation");
    for (String method : List.of("flushesResults", "flushesOperands", "roundsToNearest")) {
      assertTrue(result.out().contains(PROBE + method), result.out());
    }
  }

  private static Result assertSeen(String... options) throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "modes are set by glibc on x86-64");
    List<String> all =
        Stream.concat(Stream.of("--enable-native-access=ALL-UNNAMED"), Stream.of(options)).toList();
    Result result = ChildJvm.run(all, IeeeModeMain.class);
    assertEquals(0, result.exit(), result.err());
    assertEquals(EXPECTED, result.out().lines().filter(l -> l.startsWith("mode ")).toList());
    return result;
  }
}

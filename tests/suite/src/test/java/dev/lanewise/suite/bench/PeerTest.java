package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.jmh.Guard;
import dev.lanewise.bench.peer.Peer;
import dev.lanewise.kernels.Lanes.Implementation;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import dev.lanewise.suite.SideBySide;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers in a JVM of their own, on the jar, whose manifest names them. */
@SideBySide
class PeerTest {
  private static final List<String> OPTIONS =
      List.of(ChildJvm.MODULE, "--enable-native-access=ALL-UNNAMED");

  @TempDir private Path folder;

  @Test
  void methodsArePeersByTheirName() {
    assertEquals(Optional.of(Peer.OPENBLAS), Peer.ofMethod("openblas"));
    assertEquals(Optional.of(Peer.OPENBLAS), Peer.ofMethod("openblasParallel"));
    assertEquals(Optional.of(Peer.SVML), Peer.ofMethod("svml"));
    for (String none : List.of("lanewise", "lanewiseParallel", "naive", "openblasX", "")) {
      assertEquals(Optional.empty(), Peer.ofMethod(none), none);
    }
  }

  @Test
  void theGuardLetsPeersRunAndNoOtherName() {
    Guard.require("mklParallel", Implementation.SCALAR, 0, 0);
    Guard.require("ejml", Implementation.VECTOR, 256, 256);
    assertThrows(
        IllegalStateException.class, () -> Guard.require("acme", Implementation.VECTOR, 256, 256));
  }

  @ParameterizedTest
  @CsvSource({
    "openblas,        21, 1",
    "openblasParallel, 12, 2",
    "mkl,             15, 1",
    "mklParallel,     12, 2",
    "onednn,          52, 1",
    "vectorblas,      12, 1",
    "ejml,            12, 1",
    "ojalgo,           6, 1",
    "svml,            10, 1",
  })
  void resultsAreTheOraclesOnAsManyThreadsAsAskedFor(String method, int checks, int threads)
      throws Exception {
    assumeTrue(
        threads <= Runtime.getRuntime().availableProcessors(),
        () -> "fewer than " + threads + " processors");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "threads are asked for on Linux alone");
    Result child = run(jar(), "-Dlanewise.bench.threads=2", method);
    assumeFalse(child.out().startsWith(method + ": absent, "), child.out());
    assertEquals(
        "%s: %d right, threads %d".formatted(method, checks, threads),
        child.out().strip(),
        child.err());
    assertEquals("", child.err());
  }

  /** A core type in the environment, set against bugs of older releases, would slow it down. */
  @Test
  void openBlasChoosesItsKernelsItself() throws Exception {
    List<String> cores = new ArrayList<>();
    for (String coreType : List.of("", "Nehalem", "Prescott")) {
      ProcessBuilder builder =
          ChildJvm.builder(OPTIONS, classPath(jar()), PeerMain.class.getName(), PeerMain.CORE);
      builder.environment().remove("OPENBLAS_CORETYPE");
      if (!coreType.isEmpty()) {
        builder.environment().put("OPENBLAS_CORETYPE", coreType);
      }
      Result child = ChildJvm.run(builder);
      assumeFalse(child.out().contains("absent"), child.out());
      assertTrue(child.out().startsWith("core "), child.out() + child.err());
      cores.add(child.out());
    }
    assertEquals(Collections.nCopies(3, cores.getFirst()), cores);
  }

  @Test
  void anotherNumberOfThreadsNeedsAnotherJvm() throws Exception {
    Result child = run(jar(), "-Dlanewise.bench.threads=2", "openblas", "openblasParallel");
    assumeFalse(child.out().contains(": absent, "), child.out());
    assertTrue(child.err().contains("have 1 threads, and another method asks for 2"), child.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void noThreadsAreRefused(String threads) throws Exception {
    Result child = run(jar(), "-Dlanewise.bench.threads=" + threads, "openblasParallel");
    assumeFalse(child.out().contains(": absent, "), child.out());
    assertTrue(child.err().contains("lanewise.bench.threads is " + threads), child.err());
  }

  /** A jar elsewhere has no peers beside it. */
  @Test
  void absentPeersSaySo() throws Exception {
    Path alone = Files.copy(jar(), folder.resolve("lanewise.jar"));
    List<String> methods = List.of("openblas", "mkl", "onednn", "vectorblas", "ejml", "ojalgo");
    Result child = run(alone, "-Dany=1", methods.toArray(String[]::new));
    List<String> lines = child.out().lines().toList();
    assertEquals(methods.size(), lines.size(), child.err());
    for (int i = 0; i < lines.size(); i++) {
      String method = methods.get(i);
      String title = Peer.ofMethod(method).orElseThrow().title();
      String start = "%s: absent, %s is absent: ".formatted(method, title);
      assertTrue(lines.get(i).startsWith(start), lines.get(i));
    }
  }

  private static Path jar() {
    Path jar = LanewiseJarTest.jar();
    assumeTrue(Files.exists(jar), () -> jar + " is not built");
    return jar;
  }

  private static Result run(Path jar, String option, String... methods) throws Exception {
    return ChildJvm.run(
        Stream.concat(OPTIONS.stream(), Stream.of(option)).toList(),
        classPath(jar),
        PeerMain.class.getName(),
        methods);
  }

  private static String classPath(Path jar) throws URISyntaxException {
    Path tests =
        Path.of(PeerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return jar + File.pathSeparator + tests;
  }
}

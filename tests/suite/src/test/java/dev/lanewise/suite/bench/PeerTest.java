package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.jmh.Guard;
import dev.lanewise.bench.peer.Peer;
import dev.lanewise.kernels.Lanes.Implementation;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers in a JVM of their own, on the jar, whose manifest names them. */
class PeerTest {
  private static final long LIMIT_SECONDS = 120;

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
    "openblas,         6, 1",
    "openblasParallel, 6, 2",
    "mkl,              6, 1",
    "mklParallel,      6, 2",
    "onednn,          19, 1",
    "vectorblas,       6, 1",
    "ejml,             6, 1",
    "ojalgo,           6, 1",
    "svml,             4, 1",
  })
  void resultsAreTheOraclesOnAsManyThreadsAsAskedFor(String method, int checks, int threads)
      throws Exception {
    assumeTrue(
        threads <= Runtime.getRuntime().availableProcessors(),
        () -> "fewer than " + threads + " processors");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "threads are asked for on Linux alone");
    Child child = run(jar(), "-Dlanewise.bench.threads=2", method);
    assumeFalse(child.out().startsWith(method + ": absent, "), child.out());
    assertEquals(
        "%s: %d right, threads %d".formatted(method, checks, threads), child.out(), child.err());
    assertEquals("", child.err());
  }

  @Test
  void anotherNumberOfThreadsNeedsAnotherJvm() throws Exception {
    Child child = run(jar(), "-Dlanewise.bench.threads=2", "openblas", "openblasParallel");
    assumeFalse(child.out().contains(": absent, "), child.out());
    assertTrue(child.err().contains("have 1 threads, and another method asks for 2"), child.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void noThreadsAreRefused(String threads) throws Exception {
    Child child = run(jar(), "-Dlanewise.bench.threads=" + threads, "openblasParallel");
    assumeFalse(child.out().contains(": absent, "), child.out());
    assertTrue(child.err().contains("lanewise.bench.threads is " + threads), child.err());
  }

  /** A jar elsewhere has no peers beside it. */
  @Test
  void absentPeersSaySo() throws Exception {
    Path alone = Files.copy(jar(), folder.resolve("lanewise.jar"));
    List<String> methods = List.of("openblas", "mkl", "onednn", "vectorblas", "ejml", "ojalgo");
    Child child = run(alone, "-Dany=1", methods.toArray(String[]::new));
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

  private record Child(String out, String err) {}

  private static Child run(Path jar, String option, String... methods) throws Exception {
    Path tests =
        Path.of(PeerMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            option,
            "-cp",
            jar + File.pathSeparator + tests,
            PeerMain.class.getName()));
    command.addAll(List.of(methods));
    Path out = Files.createTempFile("lanewise", ".out");
    Path err = Files.createTempFile("lanewise", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end after " + LIMIT_SECONDS + " s: " + command);
      }
      return new Child(read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Without the JVM's warning about the incubator. */
  private static String read(Path file) throws IOException {
    return String.join(
        "\n",
        Files.readAllLines(file, StandardCharsets.UTF_8).stream()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .toList());
  }
}

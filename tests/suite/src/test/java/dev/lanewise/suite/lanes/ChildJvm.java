package dev.lanewise.suite.lanes;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program in a JVM of its own, with the JDK and the class path of this one. */
public final class ChildJvm {
  /** What resolves the Vector API. */
  public static final String MODULE = "--add-modules=jdk.incubator.vector";

  private static final long LIMIT_SECONDS = 120;

  /** What the child printed. */
  public record Result(int exit, String out, String err) {}

  private ChildJvm() {}

  /** {@link LanesMain} with the kernels on the class path. */
  static Result run(String... options) throws IOException, InterruptedException {
    return run(List.of(options), LanesMain.class);
  }

  /** A program on the class path. */
  public static Result run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return start(options, System.getProperty("java.class.path"), main, arguments);
  }

  /**
   * {@link LanesMain} with the kernels as a named module; everything else stays on the class path.
   */
  static Result runModular(Path kernels, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--module-path", kernels.toString()));
    all.addAll(List.of(options));
    String rest =
        String.join(
            File.pathSeparator,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).equals(kernels))
                .toList());
    return start(all, rest, LanesMain.class);
  }

  private static Result start(
      List<String> options, String classPath, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
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
      return new Result(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}

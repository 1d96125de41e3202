package dev.lanewise.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program in a JVM of its own, with the JDK of this one. */
public final class ChildJvm {
  /** What resolves the Vector API. */
  public static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** This JVM's. */
  public static final String CLASS_PATH = System.getProperty("java.class.path");

  private static final long LIMIT_SECONDS = 120;

  /** What the child printed, without the JVM's warning about the incubator. */
  public record Result(int exit, String out, String err) {}

  private ChildJvm() {}

  /** A program on this JVM's class path. */
  public static Result run(List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return run(options, CLASS_PATH, main.getName(), arguments);
  }

  /** A program on a class path of its own. */
  public static Result run(List<String> options, String classPath, String main, String... arguments)
      throws IOException, InterruptedException {
    return run(builder(options, classPath, main, arguments));
  }

  /** One whose environment the test has changed. */
  public static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = Files.createTempFile("lanewise", ".out");
    Path err = Files.createTempFile("lanewise", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end after " + LIMIT_SECONDS + " s: " + builder.command());
      }
      String warnings = Files.readString(err);
      return new Result(
          process.exitValue(),
          Files.readString(out),
          warnings.replaceFirst("(?m)^WARNING: Using incubator modules.*\\R", ""));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** For a test that meets the child while it runs, or changes its environment. */
  public static ProcessBuilder builder(
      List<String> options, String classPath, String main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}

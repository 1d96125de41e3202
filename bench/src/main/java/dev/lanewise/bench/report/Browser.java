package dev.lanewise.bench.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium without a window, which lays pages out and draws charts.
 *
 * @param program its executable file
 */
public record Browser(Path program) {
  private static final String VARIABLE = "LANEWISE_BROWSER";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final long LIMIT_SECONDS = 120;

  /** For a page's own clock, which runs as fast as there is work. */
  private static final int VIRTUAL_MILLIS = 10_000;

  /**
   * Looks for one.
   *
   * @param environment the variables of the environment: LANEWISE_BROWSER names the program, else
   *     it is looked for on the PATH
   * @return the browser
   * @throws IOException if there is none; the message says where it was looked for
   */
  public static Browser find(Map<String, String> environment) throws IOException {
    String named = environment.get(VARIABLE);
    Stream<Path> places =
        named != null
            ? Stream.of(Path.of(named))
            : Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return places
        .filter(place -> Files.isRegularFile(place) && Files.isExecutable(place))
        .findFirst()
        .map(Browser::new)
        .orElseThrow(
            () ->
                new IOException(
                    named != null
                        ? "%s is %s, which is no program".formatted(VARIABLE, named)
                        : "charts are drawn by a headless browser, and neither %s is on the PATH; install Chromium or name one by %s"
                            .formatted(String.join(" nor ", NAMES), VARIABLE)));
  }

  /**
   * Opens a page, lets its scripts run, and closes it.
   *
   * @param page a file
   * @param options of Chromium, beside those that keep it quiet
   * @return the document as its scripts have left it
   * @throws IOException if the browser fails or does not end in time
   */
  public String dom(Path page, String... options) throws IOException {
    Path folder = Files.createTempDirectory("lanewise-browser");
    try {
      List<String> command = new ArrayList<>(List.of(program.toString(), "--headless"));
      if ("root".equals(System.getProperty("user.name"))) {
        command.add("--no-sandbox"); // It refuses to run for root otherwise.
      }
      command.addAll(
          List.of(
              "--disable-gpu",
              "--disable-background-networking",
              "--disable-component-update",
              "--no-first-run",
              "--host-resolver-rules=MAP * ~NOTFOUND", // Neither pages nor itself need a network.
              "--virtual-time-budget=" + VIRTUAL_MILLIS,
              "--user-data-dir=" + folder.resolve("profile"),
              "--dump-dom"));
      command.addAll(List.of(options));
      command.add(page.toUri().toString());
      return output(command, folder);
    } finally {
      delete(folder);
    }
  }

  private String output(List<String> command, Path folder) throws IOException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(
            "%s %s: %s"
                .formatted(
                    program,
                    ended
                        ? "failed with code " + process.exitValue()
                        : "did not end within " + LIMIT_SECONDS + " s",
                    Files.readString(err).strip()));
      }
      return Files.readString(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(program + " was interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** A process of the browser that is still ending may write to its profile meanwhile. */
  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        file.toFile().delete();
      }
    }
  }
}

package dev.lanewise.suite.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The README's Java is compiled and run as a reader would. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("(?m)^(?:public )?class (\\w+)");

  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir private static Path folder;

  @BeforeAll
  static void everySnippetCompiles() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    Matcher java = JAVA.matcher(readme());
    while (java.find()) {
      Matcher name = NAME.matcher(java.group(1));
      assertTrue(name.find(), java.group(1));
      snippets.put(name.group(1), java.group(1));
    }
    assertEquals(List.of("Example", "TinyGemmTest", "VerifyTiny"), List.copyOf(snippets.keySet()));
    List<Path> sources = new ArrayList<>();
    for (Map.Entry<String, String> snippet : snippets.entrySet()) {
      Path file = folder.resolve(snippet.getKey() + ".java");
      sources.add(Files.writeString(file, snippet.getValue()));
    }
    compile(sources);
  }

  @Test
  void theExampleRuns() throws Exception {
    // A·Aᵀ = (14 32; 32 77), and e^-18 / (1 + e^-18) is 1 - 1.5e-8, which is 1 in float.
    String output = run("Example", CLASS_PATH);
    assertTrue(output.contains("1.0 by lanewise numerics"), output);
  }

  @Test
  void theTinyEngineKeepsItsContract() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      Launcher launcher = LauncherFactory.create();
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(loader.loadClass("TinyGemmTest")))
              .build(),
          listener);
      TestExecutionSummary summary = listener.getSummary();
      StringWriter failures = new StringWriter();
      summary.printFailuresTo(new PrintWriter(failures));
      assertEquals(0, summary.getTestsFailedCount(), failures::toString);
      assertEquals(3, summary.getTestsSucceededCount(), "product, whole numbers, NaN");
      assertTrue(summary.getTestsSkippedCount() > 0, "what is not declared is skipped");
    }
  }

  /** Without jqwik and JUnit on the class path. */
  @Test
  void theTinyEngineIsVerifiedWithoutAFramework() throws Exception {
    String without =
        Arrays.stream(CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> !entry.contains("jqwik") && !entry.contains("junit"))
            .collect(Collectors.joining(File.pathSeparator));
    String output = run("VerifyTiny", without);
    assertTrue(output.contains("HELD product"), output);
    assertTrue(output.contains("UNTESTED fusedChain"), output);
  }

  private static String run(String main, String classPath) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                folder + File.pathSeparator + classPath,
                main)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static void compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-proc:none", "-d", folder.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, messages::toString);
    }
  }

  private static String readme() throws IOException {
    Path start = Path.of("").toAbsolutePath();
    try (Stream<Path> folders = Stream.iterate(start, f -> f != null, Path::getParent)) {
      Path file =
          folders
              .map(f -> f.resolve("README.md"))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow(() -> new IOException("no README.md above " + start));
      return Files.readString(file);
    }
  }
}

package dev.lanewise.suite.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java is compiled and run as a reader would, in a JVM of its own. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theExampleCompilesAndRuns() throws Exception {
    List<String> snippets = JAVA.matcher(readme()).results().map(ReadmeTest::code).toList();
    assertEquals(1, snippets.size(), "Java snippets in the README");
    Path source = Files.writeString(folder.resolve("Example.java"), snippets.getFirst());
    compile(source);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                folder
                    + System.getProperty("path.separator")
                    + System.getProperty("java.class.path"),
                "Example")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    // A·Aᵀ = (14 32; 32 77), and e^-18 / (1 + e^-18) is 1 - 1.5e-8, which is 1 in float.
    assertTrue(output.contains("1.0 by lanewise numerics"), output);
  }

  private static String code(MatchResult match) {
    return match.group(1);
  }

  private void compile(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-d", folder.toString()),
                  null,
                  files.getJavaFileObjects(source))
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

package dev.lanewise.suite.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.Main;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import dev.lanewise.suite.SideBySide;
import dev.lanewise.testkit.law.Capability;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

/** The README's Java is compiled and run, and its commands to train are, as a reader would. */
@SideBySide
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("(?m)^(?:public )?class (\\w+)");

  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");

  private static final Pattern COMMAND =
      Pattern.compile("(?m)^ {4}java -jar bench/target/lanewise\\.jar (.*)$");

  private static final Pattern FAILURE =
      Pattern.compile("(?s)\\n {4}(product: 1 of 1 elements.*?L\\))\\n");

  /** To a file of this repository or a heading, by Markdown or by HTML. */
  private static final Pattern LINK =
      Pattern.compile("(?:]\\(|src=\"|srcset=\")(?!https?:)([^)\"]+)");

  @TempDir private static Path folder;
  @TempDir private static Path broken;
  @TempDir private Path files;

  @BeforeAll
  static void everySnippetCompiles() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    Matcher java = JAVA.matcher(readme());
    while (java.find()) {
      if (java.group(1).startsWith("module ")) {
        continue; // tests/user-paths.sh builds it
      }
      Matcher name = NAME.matcher(java.group(1));
      assertTrue(name.find(), java.group(1));
      snippets.put(name.group(1), java.group(1));
    }
    assertEquals(
        List.of(
            "Babysat",
            "Example",
            "Layer",
            "Norm",
            "Parabola",
            "Search",
            "TinyGemmTest",
            "VerifyTiny",
            "Views",
            "Xor"),
        List.copyOf(snippets.keySet()));
    compile(folder, snippets);
    snippets.computeIfPresent(
        "TinyGemmTest", (name, code) -> code.replace("j < n; j++", "j < n - 1; j++"));
    compile(broken, snippets);
  }

  @Test
  void theExampleRuns() throws Exception {
    // A·Aᵀ = (14 32; 32 77), and e^-18 / (1 + e^-18) is 1 - 1.5e-8, which is 1 in float.
    String output = run("Example", ChildJvm.CLASS_PATH);
    assertTrue(output.contains("1.0 by lanewise numerics"), output);
  }

  @Test
  void theViewsAreOfTheSameLogits() throws Exception {
    // (2 1) and (0 3): what is lost is log(1 + 1/e) and log(1 + 1/e³), and softmax of 2 less 1
    // -1/(e + 1).
    String[] output = run("Views", ChildJvm.CLASS_PATH).strip().split(" ");
    double loss = (Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(-3))) / 2;
    assertEquals(loss, Float.parseFloat(output[0]), 1e-6);
    assertEquals(-0.5 / (1 + Math.E), Float.parseFloat(output[1]), 1e-6);
    assertEquals("true", output[2]);
  }

  @Test
  void theLayerRuns() throws Exception {
    // x·W = (5 10; 14 19); with the bias (5.5 -10; 14.5 -1), rectified.
    String output = run("Layer", ChildJvm.CLASS_PATH);
    assertTrue(output.contains("5.5 0.0 0.0"), output);
  }

  @Test
  void theNormRuns() throws Exception {
    // y = (0 1; 1.5 3): the first element is rectified; 0.1 of the mean 20.
    String output = run("Norm", ChildJvm.CLASS_PATH);
    assertTrue(output.contains("1.0 2.0, mean 2.0"), output);
  }

  @Test
  void theGraphsLearn() throws Exception {
    assertEquals("true", run("Parabola", ChildJvm.CLASS_PATH).strip());
    assertEquals("1.0", run("Xor", ChildJvm.CLASS_PATH).strip());
  }

  @Test
  void theStudySearches() throws Exception {
    List<String> lines = run("Search", ChildJvm.CLASS_PATH).lines().toList();
    assertEquals(List.of("true", "rate"), lines);
  }

  @Test
  void theBabysatNetworkLearns() throws Exception {
    assertEquals("true", run("Babysat", ChildJvm.CLASS_PATH).strip());
  }

  @Test
  void theTinyEngineKeepsItsContract() throws Exception {
    TestExecutionSummary summary = runTests(folder);
    assertEquals(0, summary.getTestsFailedCount(), failures(summary));
    assertEquals(
        4, summary.getTestsSucceededCount(), "product, whole numbers, NaN, one case again");
    assertTrue(summary.getTestsSkippedCount() > 0, "what is not declared is skipped");
  }

  /** Word for word what the README shows, as its case is tried again. */
  @Test
  void theBrokenTinyEngineIsSeen() throws Exception {
    Matcher shown = FAILURE.matcher(readme());
    assertTrue(shown.find(), FAILURE::pattern);
    String message = shown.group(1).replaceAll("\\s+", " ");
    String failures = failures(runTests(broken));
    assertTrue(failures.contains(message), () -> message + failures);
  }

  @Test
  void theKitsContractsAndCapabilitiesAreListed() throws IOException {
    List<String> names = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      names.add(capability.name());
    }
    Path contracts = root().resolve("tests/kit/src/main/java/dev/lanewise/testkit/contract");
    try (Stream<Path> files = Files.list(contracts)) {
      files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> name.endsWith("Contract") && !name.equals("Contract"))
          .forEach(names::add);
    }
    String readme = readme();
    names.removeIf(name -> readme.contains("`" + name + "`"));
    assertEquals(List.of(), names);
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (String name : List.of("README.md", "bench/README.md", "core/spark/README.md")) {
      Path file = root().resolve(name);
      Matcher link = LINK.matcher(Files.readString(file));
      while (link.find()) {
        links++;
        String[] place = link.group(1).split("#", 2);
        Path target = place[0].isEmpty() ? file : file.resolveSibling(place[0]);
        if (!Files.exists(target) || (place.length == 2 && !anchors(target).contains(place[1]))) {
          broken.add(name + ": " + link.group(1));
        }
      }
    }
    assertTrue(links > 20, links + " links");
    assertEquals(List.of(), broken);
  }

  /** What GitHub calls the headings of a page. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /** The commands of a section, in a folder with files of the names that they have. */
  private List<String> outputs(String title) throws Exception {
    StringBuilder samples = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      samples.append("%d,%d,%s\n".formatted(i % 10, i % 7, i % 10 < 5 ? "small" : "large"));
    }
    Files.writeString(files.resolve("train.csv"), samples);
    Files.writeString(files.resolve("test.csv"), samples);
    Files.writeString(files.resolve("new.csv"), "1,3\n8,3\n");
    String readme = readme();
    String section = readme.substring(readme.indexOf("## " + title));
    Matcher command = COMMAND.matcher(section.substring(0, section.indexOf("\n## ", 1)));
    List<String> outputs = new ArrayList<>();
    while (command.find()) {
      Result result =
          ChildJvm.run(
              ChildJvm.builder(
                      List.of(ChildJvm.MODULE),
                      ChildJvm.CLASS_PATH,
                      Main.class.getName(),
                      command.group(1).replace("--trials 60", "--trials 4").split(" "))
                  .directory(files.toFile()));
      assertEquals(0, result.exit(), result.out() + result.err());
      outputs.add(result.out());
    }
    return outputs;
  }

  @Test
  void theCommandsTrainAClassifier() throws Exception {
    List<String> outputs = outputs("Train a classifier");
    assertEquals(3, outputs.size(), "train, evaluate, predict");
    assertTrue(outputs.get(0).contains("Validation accuracy: 100.00 %"), outputs.get(0));
    assertTrue(outputs.get(1).startsWith("accuracy: 100.00 %"), outputs.get(1));
    List<String> predicted = Files.readAllLines(files.resolve("predicted.csv"));
    assertEquals("class,p(large),p(small)", predicted.get(0));
    assertTrue(predicted.get(1).startsWith("small,"), predicted.get(1));
    assertTrue(predicted.get(2).startsWith("large,"), predicted.get(2));
    assertTrue(Files.readString(files.resolve("curves.html")).contains("Learning curves"));
  }

  /** With fewer trials, which take less time. */
  @Test
  void theCommandChoosesHyperparameters() throws Exception {
    List<String> outputs = outputs("Choose hyperparameters");
    assertEquals(1, outputs.size(), "tune");
    assertTrue(outputs.getFirst().contains("[4/4] trial "), outputs.getFirst());
    assertTrue(outputs.getFirst().contains("validation accuracy 100.00 %"), outputs.getFirst());
    assertTrue(Files.exists(files.resolve("study.html")));
  }

  /** Each line of the table of promises names tests that there are. */
  @Test
  void thePromisesAreTested() throws IOException {
    Set<String> sources = new TreeSet<>();
    for (String tests : List.of("tests/suite", "tests/spark")) {
      try (Stream<Path> files = Files.walk(root().resolve(tests).resolve("src/test/java"))) {
        files.forEach(file -> sources.add(file.getFileName().toString()));
      }
    }
    String readme = readme();
    String section = readme.substring(readme.indexOf("## What is promised"));
    List<String> promises =
        section
            .substring(0, section.indexOf("\n## ", 1))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
            .toList();
    assertTrue(promises.size() >= 12, promises::toString);
    List<String> absent = new ArrayList<>();
    for (String promise : promises) {
      List<String> tests = TEST.matcher(promise).results().map(match -> match.group(1)).toList();
      assertFalse(tests.isEmpty(), promise);
      tests.stream().filter(test -> !sources.contains(test + ".java")).forEach(absent::add);
    }
    assertEquals(List.of(), absent, "tests that the README names and the suite has not");
    assertTrue(section.contains("`mvn -Psoak verify`"));
  }

  private static TestExecutionSummary runTests(Path classes) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, ReadmeTest.class.getClassLoader())) {
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      Launcher launcher = LauncherFactory.create();
      launcher.execute(
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(loader.loadClass("TinyGemmTest")))
              // Failures go to the listener alone and are not kept.
              .configurationParameter("jqwik.reporting.usejunitplatform", "true")
              .configurationParameter("jqwik.database", "")
              .build(),
          listener);
      return listener.getSummary();
    }
  }

  private static String failures(TestExecutionSummary summary) {
    StringWriter failures = new StringWriter();
    summary.printFailuresTo(new PrintWriter(failures), 3);
    return failures.toString();
  }

  /** Without jqwik and JUnit on the class path. */
  @Test
  void theTinyEngineIsVerifiedWithoutAFramework() throws Exception {
    String without =
        Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator))
            .filter(entry -> !entry.contains("jqwik") && !entry.contains("junit"))
            .collect(Collectors.joining(File.pathSeparator));
    String output = run("VerifyTiny", without);
    assertTrue(output.contains("HELD product"), output);
    assertTrue(output.contains("UNTESTED fusedChain"), output);
  }

  private static String run(String main, String classPath) throws Exception {
    Result result =
        ChildJvm.run(List.of(ChildJvm.MODULE), folder + File.pathSeparator + classPath, main);
    assertEquals(0, result.exit(), result.out() + result.err());
    return result.out();
  }

  private static void compile(Path to, Map<String, String> snippets) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Map.Entry<String, String> snippet : snippets.entrySet()) {
      Path file = to.resolve(snippet.getKey() + ".java");
      sources.add(Files.writeString(file, snippet.getValue()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-proc:none", "-d", to.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, messages::toString);
    }
  }

  private static String readme() throws IOException {
    return Files.readString(root().resolve("README.md"));
  }

  private static Path root() throws IOException {
    Path start = Path.of("").toAbsolutePath();
    try (Stream<Path> folders = Stream.iterate(start, f -> f != null, Path::getParent)) {
      return folders
          .filter(f -> Files.exists(f.resolve("README.md")))
          .findFirst()
          .orElseThrow(() -> new IOException("no README.md above " + start));
    }
  }
}

package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The module's README: its Java is compiled and submitted, by its own commands, to local threads
 * and to a standalone master with a worker. Those for YARN and Kubernetes need one, and are not
 * tried.
 */
@Timeout(120)
class SparkReadmeTest {
  private static final Path README = Path.of("../../core/spark/README.md");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("(?m)^public class (\\w+)");
  private static final Pattern SUBMIT = Pattern.compile("(?m)^ {4}spark-submit ((?:.*\\\\\n)*.*)$");

  /** What a user brings in lib/; all else is Spark's. */
  private static final Pattern BROUGHT =
      Pattern.compile(
          "(lanewise-(kernels|learn|spark)|jackson-(core|databind)-3|fastcsv-).*\\.jar");

  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final String SPARKS = entries(false, File.pathSeparator);
  private static final String JARS = entries(true, ",");

  @TempDir private static Path folder;

  private static String entries(boolean brought, String separator) {
    return Arrays.stream(CLASS_PATH.split(File.pathSeparator, -1))
        .filter(
            entry -> brought == BROUGHT.matcher(Path.of(entry).getFileName().toString()).matches())
        .collect(Collectors.joining(separator));
  }

  @BeforeAll
  static void everySnippetCompiles() throws IOException {
    assertEquals(6, JARS.split(",", -1).length, JARS);
    Map<String, String> snippets = new TreeMap<>();
    Matcher java = JAVA.matcher(Files.readString(README));
    while (java.find()) {
      Matcher name = NAME.matcher(java.group(1));
      assertTrue(name.find(), java.group(1));
      snippets.put(name.group(1), java.group(1));
    }
    assertEquals(List.of("Classify", "Search", "Train"), List.copyOf(snippets.keySet()));
    List<Path> sources = new ArrayList<>();
    for (Map.Entry<String, String> snippet : snippets.entrySet()) {
      Path file = folder.resolve(snippet.getKey() + ".java");
      sources.add(Files.writeString(file, snippet.getValue()));
    }
    compile(sources);
    pack();
    StringBuilder samples = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      samples.append("%d,%d,%d\n".formatted(i % 10, i % 7, i % 10 < 5 ? 0 : 1));
    }
    Files.writeString(folder.resolve("train.csv"), samples);
  }

  private static void compile(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", folder.toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertTrue(compiled, messages::toString);
    }
  }

  private static void pack() throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("app.jar"));
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        jar.putNextEntry(new JarEntry(file.getFileName().toString()));
        Files.copy(file, jar);
      }
    }
  }

  /** The command of the README that has a word, for a class of the README. */
  private static List<String> command(String word, String main) throws IOException {
    Matcher submit = SUBMIT.matcher(Files.readString(README));
    while (submit.find()) {
      if (submit.group(1).contains(word)) {
        return Arrays.stream(submit.group(1).replace("\\\n", " ").strip().split(" +"))
            .map(argument -> argument.replace("'", "").replace("$JARS", JARS))
            .map(argument -> argument.replace("com.example.Main", main))
            .toList();
      }
    }
    throw new AssertionError("no spark-submit with " + word);
  }

  /** Starts a program of Spark as its scripts do, which ask its launcher for the command. */
  private static Process spark(String name, String main, List<String> arguments)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> asking =
        new ArrayList<>(List.of(java, "-cp", CLASS_PATH, "org.apache.spark.launcher.Main", main));
    asking.addAll(arguments);
    ProcessBuilder launcher = new ProcessBuilder(asking).redirectErrorStream(false);
    launcher.environment().put("SPARK_DAEMON_CLASSPATH", SPARKS);
    Process asked = launcher.start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, asked.waitFor(), answer);
    // Behind a mark that tells the script to begin.
    List<String> command = List.of(answer.replaceFirst("^[\\x00\n]+", "").split("\0"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_DAEMON_CLASSPATH", SPARKS);
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve(name).toFile()).start();
  }

  private static String submit(String main, List<String> command, String... arguments)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--driver-class-path",
                SPARKS,
                "--conf",
                "spark.executor.extraClassPath=" + SPARKS,
                "--conf",
                "spark.executor.memory=512m",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false"));
    all.addAll(command);
    all.addAll(List.of(arguments));
    Process process = spark(main, "org.apache.spark.deploy.SparkSubmit", all);
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "no end of " + main);
      String output = Files.readString(folder.resolve(main));
      assertEquals(0, process.exitValue(), output);
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void trainingIsSubmittedToLocalThreads() throws Exception {
    String output = submit("Train", command("local[2]", "Train"), "train.csv");
    assertTrue(output.contains("accuracy 1.0"), output);
    assertTrue(!output.contains("runs without vector code"), output);
  }

  @Test
  void aPipelineIsSubmittedToLocalThreads() throws Exception {
    String output = submit("Classify", command("local[2]", "Classify"), "train.csv");
    assertTrue(output.contains("accuracy 1.0"), output);
  }

  @Test
  void aSearchIsSubmittedToAStandaloneCluster() throws Exception {
    String address = InetAddress.getLoopbackAddress().getHostAddress();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "spark://%s:%d".formatted(address, port);
    String[] ports = {"--host", address, "--port", Integer.toString(port), "--webui-port", "0"};
    Process master = spark("master", "org.apache.spark.deploy.master.Master", List.of(ports));
    Process worker = null;
    try {
      worker =
          spark(
              "worker",
              "org.apache.spark.deploy.worker.Worker",
              List.of("--host", address, "--cores", "2", "--memory", "1g", url));
      List<String> command =
          command("spark://", "Search").stream()
              .map(argument -> argument.startsWith("spark://") ? url : argument)
              .toList();
      String file = folder.resolve("train.csv").toAbsolutePath().toString();
      String output = submit("Search", command, file);
      assertTrue(output.contains("accuracy 1.0"), output);
      assertTrue(Files.size(folder.resolve("study.jsonl")) > 0);
    } finally {
      for (Process process : worker == null ? List.of(master) : List.of(worker, master)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    }
  }
}

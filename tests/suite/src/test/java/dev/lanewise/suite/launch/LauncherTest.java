package dev.lanewise.suite.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lanewise.bench.JdkFinder;
import dev.lanewise.bench.Launcher;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher starts on Java 17, chooses a JDK by the documented order, and hands over everything.
 */
class LauncherTest {
  private static final int JAVA_17 = 61;
  private static final String VECTOR = "java.base jdk.incubator.vector";

  @Test
  void launcherAndAllThatItUsesAreCompiledForJava17() throws IOException {
    JavaClasses ours = new ClassFileImporter().importPackages("dev.lanewise.bench");
    Set<String> checked = new HashSet<>();
    Deque<JavaClass> open = new ArrayDeque<>(List.of(ours.get(Launcher.class)));
    while (!open.isEmpty()) {
      JavaClass next = open.pop();
      if (next.getPackageName().startsWith("dev.lanewise") && checked.add(next.getName())) {
        assertEquals(JAVA_17, classFileVersion(next.getName()), next.getName());
        next.getDirectDependenciesFromSelf().forEach(d -> open.push(d.getTargetClass()));
      }
    }
    assertTrue(checked.contains(JdkFinder.Jdk.class.getName()), checked.toString());
  }

  private static int classFileVersion(String name) throws IOException {
    String resource = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = Launcher.class.getResourceAsStream(resource)) {
      DataInputStream data = new DataInputStream(in);
      assertEquals(0xCAFEBABE, data.readInt());
      data.readUnsignedShort();
      return data.readUnsignedShort();
    }
  }

  @Nested
  class Finder {
    @TempDir Path root;

    @Test
    void lanewiseJavaHomeComesFirst() throws IOException {
      Path wanted = jdk("wanted", "27", VECTOR);
      Path javaHome = jdk("javaHome", "25.0.3", VECTOR);
      var environment =
          Map.of("LANEWISE_JAVA_HOME", wanted.toString(), "JAVA_HOME", javaHome.toString());
      assertEquals(wanted, found(environment, jdk("running", "25", VECTOR)));
    }

    @Test
    void unusableLanewiseJavaHomeIsAnError() throws IOException {
      Path running = jdk("running", "25", VECTOR);
      for (Path unusable :
          List.of(
              root.resolve("absent"),
              jdk("old", "24.0.2", VECTOR),
              jdk("bare", "25", "java.base"))) {
        var environment = Map.of("LANEWISE_JAVA_HOME", unusable.toString());
        var e = assertThrows(IllegalStateException.class, () -> found(environment, running));
        assertTrue(e.getMessage().contains("LANEWISE_JAVA_HOME is " + unusable), e.getMessage());
      }
    }

    @Test
    void javaHomeThenRunningThenFolders() throws IOException {
      Path inFolder = jdk("jvm/jdk-25", "25.0.1", VECTOR);
      Path old = jdk("old", "17.0.15", VECTOR);
      Path javaHome = jdk("javaHome", "26", VECTOR);
      Path running = jdk("running", "25.0.2", VECTOR);
      var environment = Map.of("JAVA_HOME", javaHome.toString());
      assertEquals(javaHome, found(environment, running, root.resolve("jvm")));
      assertEquals(running, found(Map.of("JAVA_HOME", old.toString()), running));
      assertEquals(running, found(Map.of("JAVA_HOME", " "), running));
      assertEquals(inFolder, found(Map.of(), old, root.resolve("none"), root.resolve("jvm")));
    }

    @Test
    void ofTheFoldersLowestReleaseAndNewestUpdate() throws IOException {
      jdk("jvm/a", "26.0.1", VECTOR);
      jdk("jvm/b", "25.0.1", VECTOR);
      jdk("jvm/d", "25", VECTOR);
      jdk("jvm/e", "25.0.9", "java.base");
      jdk("jvm/f", "17.0.15", VECTOR);
      jdk("jvm/g", "1.8.0_402", VECTOR);
      jdk("jvm/h", "nonsense", VECTOR);
      Path best = jdk("mac/c/Contents/Home", "25.0.3", VECTOR);
      Path old = jdk("old", "17", VECTOR);
      assertEquals(best, found(Map.of(), old, root.resolve("jvm"), root.resolve("mac")));
    }

    @Test
    void noneFoundSaysWhatToInstallAndWhatToSet() throws IOException {
      Path old = jdk("old", "17", VECTOR);
      var e =
          assertThrows(
              IllegalStateException.class, () -> found(Map.of(), old, root.resolve("nowhere")));
      for (String part :
          List.of("JDK of version 25 or newer", "Temurin 25", "LANEWISE_JAVA_HOME", "nowhere")) {
        assertTrue(e.getMessage().contains(part), e.getMessage());
      }
    }

    private Path found(Map<String, String> environment, Path running, Path... folders) {
      return new JdkFinder(environment, running, List.of(folders)).find().home();
    }

    private Path jdk(String name, String version, String modules) throws IOException {
      Path home = root.resolve(name);
      Path java = home.resolve("bin/java");
      Files.createDirectories(java.getParent());
      Files.writeString(java, "");
      assertTrue(java.toFile().setExecutable(true));
      Files.writeString(
          home.resolve("release"),
          "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
      return home;
    }
  }

  /** The launcher as a process, in front of a Main of our own. */
  @Nested
  class Started {
    private static final String MAIN =
        """
        package dev.lanewise.bench;

        public final class Main {
          public static void main(String[] args) throws Exception {
            System.out.println(ProcessHandle.current().pid());
            System.out.println(Runtime.version().feature() >= 25);
            System.out.println(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
            System.out.println(System.getProperty("lanewise.test.x"));
            System.out.println(System.getProperty("other.test.x"));
            System.out.println(String.join("|", args));
            if (args.length == 0) {
              Thread.sleep(60_000);
            }
            System.exit(7);
          }
        }
        """;

    @TempDir static Path folder;

    @BeforeAll
    static void compileMain() throws IOException {
      Path source = Files.writeString(folder.resolve("Main.java"), MAIN);
      String[] arguments = {"-d", folder.toString(), source.toString()};
      assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments));
    }

    @Test
    void handsOverArgumentsPropertiesAndExitCode() throws Exception {
      assertHandsOver(thisJava());
    }

    @Test
    void startsOnTheOldJavaOfThePath() throws Exception {
      Process version = new ProcessBuilder("java", "-XshowSettings:properties", "-version").start();
      String settings = new String(version.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assumeTrue(
          settings.matches("(?s).*java\\.specification\\.version = (17|18|19|2[0-4])\\b.*"),
          "the java on the path is not one of 17 to 24");
      assertHandsOver("java");
    }

    private void assertHandsOver(String java) throws Exception {
      Process launcher =
          launcher(java, List.of("-Dlanewise.test.x=a b", "-Dother.test.x=c"), "d", "e f").start();
      List<String> lines;
      try (BufferedReader out = launcher.inputReader()) {
        lines = out.lines().toList();
      }
      assertEquals(List.of("true", "true", "a b", "null", "d|e f"), lines.subList(1, lines.size()));
      assertEquals(7, launcher.waitFor());
    }

    @Test
    void runsInTheSameProcessWhereTheModuleIsPresent() throws Exception {
      Process launcher =
          launcher(thisJava(), List.of("--add-modules=jdk.incubator.vector"), "x").start();
      try (BufferedReader out = launcher.inputReader()) {
        assertEquals(launcher.pid(), Long.parseLong(out.readLine()));
      }
      assertEquals(7, launcher.waitFor());
    }

    @Test
    void theChildEndsWithTheLauncher() throws Exception {
      Process launcher = launcher(thisJava(), List.of()).start();
      try (BufferedReader out = launcher.inputReader()) {
        long pid = Long.parseLong(out.readLine());
        assertTrue(pid != launcher.pid());
        launcher.destroy();
        assertTrue(launcher.waitFor(20, TimeUnit.SECONDS));
        assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
      }
    }

    @Test
    void childStopsByItselfWhenTheLauncherIsKilled() throws Exception {
      Process launcher = launcher(thisJava(), List.of()).start();
      try (BufferedReader out = launcher.inputReader()) {
        ProcessHandle child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
        launcher.destroyForcibly().waitFor();
        child.onExit().get(20, TimeUnit.SECONDS);
      }
    }

    @Test
    void exitsWith2WhereNoJdkCanBeHad() throws Exception {
      ProcessBuilder builder = launcher(thisJava(), List.of(), "x");
      builder.environment().put("LANEWISE_JAVA_HOME", folder.toString());
      Process launcher = builder.redirectErrorStream(true).start();
      String output = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(output.startsWith("LANEWISE_JAVA_HOME is " + folder), output);
      assertEquals(1, output.lines().count(), output);
      assertEquals(2, launcher.waitFor());
    }

    private ProcessBuilder launcher(String java, List<String> options, String... arguments)
        throws Exception {
      Path bench =
          Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<String> command = new ArrayList<>(List.of(java));
      command.addAll(options);
      command.addAll(List.of("-cp", folder + File.pathSeparator + bench, Launcher.class.getName()));
      command.addAll(List.of(arguments));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().remove("LANEWISE_JAVA_HOME");
      builder.environment().remove("JDK_JAVA_OPTIONS");
      return builder;
    }

    private String thisJava() {
      return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
  }
}

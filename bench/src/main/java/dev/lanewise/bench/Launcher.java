package dev.lanewise.bench;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Starts the {@code lanewise} command line on a JDK that can run it.
 *
 * <p>A jar's manifest cannot add modules, and the {@code java} on the path may be an older one. So
 * this class is compiled for Java 17; it lets {@link JdkFinder} choose a JDK and starts {@code
 * dev.lanewise.bench.Main} there, from the same class path and with the modules that it needs. The
 * child takes over the arguments, the terminal and every system property whose name starts with
 * {@code lanewise.}; its exit code becomes ours, and it is stopped when we are, or, once it has
 * started, stops by itself when we are gone.
 *
 * <p>A JVM that is new enough and was started with {@code --add-modules jdk.incubator.vector} runs
 * the command line itself, whatever the environment says.
 *
 * <p>Options for the JVM that does the work belong in {@code JDK_JAVA_OPTIONS}, which every {@code
 * java} since 9 reads by itself; those given to this JVM go no further.
 */
public final class Launcher {
  private static final String MAIN = "dev.lanewise.bench.Main";

  /** Exit code when no JDK is found or it does not start, as a shell's for wrong usage. */
  private static final int CANNOT_START = 2;

  /** Tells the child who waits for it. */
  private static final String WAITS = "LANEWISE_LAUNCHER";

  /** Exit code of a child that nobody waits for, as a shell's after SIGTERM. */
  private static final int ALONE = 143;

  private Launcher() {}

  /**
   * Runs the command line and exits with its code, or with 2 when no JDK can be had.
   *
   * @param args the arguments of the command line
   * @throws Throwable what the command line throws when it runs in this JVM
   */
  public static void main(String[] args) throws Throwable {
    if (canRunHere()) {
      runHere(args);
      return;
    }
    if (launcher().isPresent()) { // or one would start the next
      System.err.println(
          "%s is Java %s, which is not what its file \"release\" says"
              .formatted(System.getProperty("java.home"), Runtime.version()));
      System.exit(CANNOT_START);
    }
    int code;
    try {
      Path java = JdkFinder.ofThisMachine().find().java();
      code = runIn(java, args);
    } catch (IllegalStateException | IOException e) {
      System.err.println(e.getMessage());
      code = CANNOT_START;
    }
    System.exit(code);
  }

  private static boolean canRunHere() {
    return Runtime.version().feature() >= JdkFinder.OLDEST
        && ModuleLayer.boot().findModule(JdkFinder.MODULE).isPresent();
  }

  /** By name: this class is compiled for Java 17 and apart from all others. */
  private static void runHere(String[] args) throws Throwable {
    launcher().ifPresent(Launcher::stopWith);
    try {
      Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The launcher that has started this JVM, if one has. */
  private static Optional<ProcessHandle> launcher() {
    String launcher = System.getenv(WAITS);
    return ProcessHandle.current()
        .parent()
        .filter(parent -> Long.toString(parent.pid()).equals(launcher));
  }

  /** A launcher that is killed cannot stop its child. */
  private static void stopWith(ProcessHandle launcher) {
    CompletableFuture<Void> unused = launcher.onExit().thenRun(() -> System.exit(ALONE));
  }

  private static int runIn(Path java, String[] args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("--add-modules=" + JdkFinder.MODULE);
    command.add("--enable-native-access=ALL-UNNAMED");
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("lanewise."))
        .sorted()
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Launcher.class.getName());
    command.addAll(List.of(args));

    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(WAITS, Long.toString(ProcessHandle.current().pid()));
    Process child = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(child)));
    return child.waitFor();
  }

  /** Returns once the child is gone, so that a prompt or a script does not go on before it. */
  private static void stop(Process child) {
    child.destroy();
    try {
      if (!child.waitFor(5, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    } catch (InterruptedException e) {
      child.destroyForcibly();
    }
  }
}

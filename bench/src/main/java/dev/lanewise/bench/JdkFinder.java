package dev.lanewise.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Finds a JDK of version 25 or newer that has the module {@code jdk.incubator.vector}.
 *
 * <p>In this order: the folder that {@code LANEWISE_JAVA_HOME} names, which must fit; the one that
 * {@code JAVA_HOME} names, if it fits; the running JVM, if it fits; and of those in the usual
 * folders the one of the lowest release, as the closest to what Lanewise is tested on, and of its
 * updates the newest. Only the file {@code release} of a JDK is read; none is started.
 *
 * @param environment the environment variables
 * @param running the home of the running JVM
 * @param folders folders that hold JDKs, one in each subfolder
 */
public record JdkFinder(Map<String, String> environment, Path running, List<Path> folders) {
  /** The oldest release that Lanewise runs on. */
  public static final int OLDEST = 25;

  static final String MODULE = "jdk.incubator.vector";

  /**
   * A JDK.
   *
   * @param home its folder
   * @param version its version
   */
  public record Jdk(Path home, Runtime.Version version) {
    /**
     * The program that starts it.
     *
     * @return a path below {@link #home()}
     */
    public Path java() {
      Path program = home.resolve("bin").resolve("java");
      return Files.exists(program) ? program : program.resolveSibling("java.exe");
    }
  }

  /** Copies its arguments. */
  public JdkFinder {
    environment = Map.copyOf(environment);
    Objects.requireNonNull(running);
    folders = List.copyOf(folders);
  }

  /**
   * A finder with the environment of this process and the folders that package managers,
   * installers, IDEs and container images use.
   *
   * @return a finder for this machine
   */
  public static JdkFinder ofThisMachine() {
    Path home = Path.of(System.getProperty("user.home"));
    List<Path> folders = new ArrayList<>();
    for (String folder :
        List.of(
            "/usr/lib/jvm",
            "/usr/lib64/jvm",
            "/usr/java",
            "/opt",
            "/opt/java",
            "/Library/Java/JavaVirtualMachines")) {
      folders.add(Path.of(folder));
    }
    folders.add(home.resolve(".sdkman/candidates/java"));
    folders.add(home.resolve(".jdks"));
    folders.add(home.resolve("Library/Java/JavaVirtualMachines"));
    String programs = System.getenv("ProgramFiles");
    if (programs != null) {
      for (String vendor : List.of("Java", "Eclipse Adoptium", "Microsoft", "Zulu")) {
        folders.add(Path.of(programs, vendor));
      }
    }
    return new JdkFinder(System.getenv(), Path.of(System.getProperty("java.home")), folders);
  }

  /**
   * Chooses a JDK.
   *
   * @return the first that fits, in the order given above
   * @throws IllegalStateException if {@code LANEWISE_JAVA_HOME} names none that fits, or if there
   *     is none at all; the message says what to do
   */
  public Jdk find() {
    Optional<Path> wanted = variable("LANEWISE_JAVA_HOME");
    if (wanted.isPresent()) {
      return read(wanted.get())
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "LANEWISE_JAVA_HOME is "
                          + wanted.get()
                          + ", but that is no JDK of version "
                          + OLDEST
                          + " or newer with the module "
                          + MODULE
                          + "; set it to the folder of one, or unset it."));
    }
    return Stream.concat(variable("JAVA_HOME").stream(), Stream.of(running))
        .flatMap(home -> read(home).stream())
        .findFirst()
        .or(this::bestInFolders)
        .orElseThrow(() -> new IllegalStateException(noneFound()));
  }

  private Optional<Path> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  private Optional<Jdk> bestInFolders() {
    Comparator<Jdk> lowestReleaseLast = Comparator.comparing(jdk -> -jdk.version().feature());
    return folders.stream()
        .flatMap(folder -> subfolders(folder).stream())
        .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
        .flatMap(home -> read(home).stream())
        .max(lowestReleaseLast.thenComparing(Jdk::version).thenComparing(Jdk::home));
  }

  /** A folder that is absent or may not be read holds no JDK for us. */
  private static List<Path> subfolders(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    return found;
  }

  /** The JDK at {@code home}, if there is one that fits. */
  private static Optional<Jdk> read(Path home) {
    Properties release = new Properties();
    Runtime.Version version;
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
      version = Runtime.Version.parse(unquoted(release, "JAVA_VERSION"));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    Jdk jdk = new Jdk(home, version);
    boolean fits =
        version.feature() >= OLDEST
            && Arrays.asList(unquoted(release, "MODULES").split(" ")).contains(MODULE)
            && Files.isExecutable(jdk.java());
    return fits ? Optional.of(jdk) : Optional.empty();
  }

  private static String unquoted(Properties release, String key) {
    return release.getProperty(key, "").replace("\"", "");
  }

  private String noneFound() {
    StringBuilder message = new StringBuilder();
    message
        .append("Lanewise needs a JDK of version ")
        .append(OLDEST)
        .append(" or newer with the module ")
        .append(MODULE)
        .append(", and found none.\nInstall one, for example Temurin ")
        .append(OLDEST)
        .append(", or set LANEWISE_JAVA_HOME to the folder of one.\nLooked at: ");
    variable("JAVA_HOME").ifPresent(home -> message.append("JAVA_HOME=").append(home).append(", "));
    message.append(running);
    folders.forEach(folder -> message.append(", ").append(folder));
    return message.toString();
  }
}

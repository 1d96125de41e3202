package dev.lanewise.suite.train;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.Launcher;
import dev.lanewise.suite.ChildJvm;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jar in processes that can be killed. */
final class Command {
  private Command() {}

  /** The jar, in a JVM that runs it itself: one that is killed leaves no child. */
  static List<String> words() throws URISyntaxException {
    Path jar =
        Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolveSibling("lanewise.jar");
    assumeTrue(Files.exists(jar), () -> jar + " is not built");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, ChildJvm.MODULE, "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
  }
}

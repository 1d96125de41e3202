package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.bench.Launcher;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in {@code lanewise.jar}, and that it is listed. */
class LanewiseJarTest {
  /** The name and the version of an artifact. */
  private static final Pattern LIBRARY = Pattern.compile("/([^/]+)/([^/]+)/\\1-\\2\\.jar!/");

  private static Set<String> entries;
  private static String classPath;
  private static String list;

  /** Beside the module's classes, or beside its plain jar. */
  static Path jar() {
    try {
      return Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .resolveSibling("lanewise.jar");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void open() throws IOException {
    Path path = jar();
    assumeTrue(Files.exists(path), () -> path + " is not built");
    try (JarFile jar = new JarFile(path.toFile())) {
      entries = jar.stream().map(Object::toString).collect(Collectors.toSet());
      classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      list =
          new String(
              jar.getInputStream(jar.getEntry("META-INF/THIRD-PARTY.txt")).readAllBytes(),
              StandardCharsets.UTF_8);
    }
  }

  @Test
  void noPeerIsInIt() {
    for (String folder : List.of("org/bytedeco/", "org/ejml/", "org/ojalgo/", "dev/ludovic/")) {
      assertFalse(entries.stream().anyMatch(entry -> entry.startsWith(folder)), folder);
    }
    assertFalse(entries.stream().anyMatch(entry -> entry.matches(".*\\.(so|dll|dylib)(\\..*)?")));
  }

  @Test
  void peersAreLookedForBesideIt() {
    for (String entry : classPath.split(" ", -1)) {
      assertTrue(entry.matches("peers/[a-z-]+\\.jar"), entry);
    }
  }

  /** Where a class of the jar comes from tells the path in Maven's repository. */
  @Test
  void everyLibraryInItIsListedWithItsLicence() {
    Set<String> libraries = new TreeSet<>();
    for (String entry : entries) {
      if (entry.endsWith(".class") && !entry.startsWith("dev/lanewise/")) {
        URL origin = LanewiseJarTest.class.getClassLoader().getResource(entry);
        assertNotNull(origin, entry);
        Matcher path = LIBRARY.matcher(origin.toString());
        assertTrue(path.find(), origin::toString);
        libraries.add(path.group(1) + ":" + path.group(2));
      }
    }
    assertTrue(libraries.size() > 2, libraries::toString);
    for (String library : libraries) {
      Pattern listed =
          Pattern.compile("(?m)^\\S+:" + Pattern.quote(library) + " \\(.*\\)\n {4}\\S");
      assertTrue(listed.matcher(list).find(), () -> library + " is not in\n" + list);
    }
  }

  @Test
  void theLicencesThatNeedAWordHaveIt() {
    assertTrue(list.contains("GNU General Public License, version 2, with the Classpath"), list);
    assertTrue(list.contains("are not in this jar"), list);
  }
}

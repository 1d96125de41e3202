package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lanewise.kernels.Gemm;
import dev.lanewise.learn.graph.Session;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import dev.lanewise.suite.SideBySide;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same bits in every JVM, whatever its options: child processes of {@link JvmMain}. */
@SideBySide
@Soaked
class JvmMatrixTest {
  private static final int AT_A_TIME = 2;

  /** For how long each repeats its operations. */
  private static final String SECONDS = Integer.toString(Soak.of(0, 5));

  /** How a JVM says that it has no such option or collector. */
  private static final Pattern NOT_OFFERED =
      Pattern.compile("(?i)unrecognized vm option|not supported|not available|disabled in this");

  /** What the learning module needs, by the names of files. */
  private static final Pattern REQUIRED = Pattern.compile("(jackson|fastcsv)-.*\\.jar");

  private static final AtomicInteger RUN = new AtomicInteger();
  private static ExecutorService pool;

  @BeforeAll
  static void open() {
    pool = Executors.newFixedThreadPool(AT_A_TIME);
  }

  @AfterAll
  static void close() {
    pool.shutdownNow();
    Soak.report("JVM matrix", RUN.get());
  }

  @TestFactory
  List<DynamicTest> everyJvmHasTheSameBits() {
    String expected = "checksums: " + JvmMain.checksums();
    List<DynamicTest> tests = new ArrayList<>();
    for (JvmVariant variant : JvmVariant.all()) {
      if (variant.brief() || Soak.LONG) {
        Future<Result> child = pool.submit(() -> run(variant));
        tests.add(
            DynamicTest.dynamicTest(
                variant.toString(), () -> check(variant, expected, child.get())));
      }
    }
    return tests;
  }

  private static void check(JvmVariant variant, String expected, Result result) {
    String said = variant + " said:\n" + result.out() + result.err();
    if (result.exit() != 0 && NOT_OFFERED.matcher(said).find()) {
      System.out.println("skipped: " + said);
      abort(said);
    }
    assertEquals(0, result.exit(), said);
    assertTrue(variant.shows().matcher(result.out()).find(), variant.shows() + "; " + said);
    assertEquals(expected, result.out().lines().reduce("", (a, b) -> b), said);
    RUN.incrementAndGet();
  }

  private static Result run(JvmVariant variant) throws Exception {
    if (!variant.modules()) {
      return ChildJvm.run(variant.options(), JvmMain.class, SECONDS);
    }
    List<Path> entries =
        Arrays.stream(ChildJvm.CLASS_PATH.split(File.pathSeparator, -1)).map(Path::of).toList();
    List<Path> own = List.of(origin(Gemm.class), origin(Session.class));
    List<String> options = new ArrayList<>(variant.options());
    options.add("--module-path");
    options.add(join(entries, own, true));
    options.add("--add-modules=dev.lanewise.learn");
    return ChildJvm.run(options, join(entries, own, false), JvmMain.class.getName(), SECONDS);
  }

  private static Path origin(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Our own modules with what they require, or the rest. */
  private static String join(List<Path> entries, List<Path> own, boolean modules) {
    return entries.stream()
        .filter(
            entry ->
                modules
                    == (own.contains(entry)
                        || REQUIRED.matcher(entry.getFileName().toString()).matches()))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}

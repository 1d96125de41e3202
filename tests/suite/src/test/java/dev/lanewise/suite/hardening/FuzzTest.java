package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.SideBySide;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Readers of files under hostile input: by Jazzer, which looks for inputs that reach other code and
 * watches for paths and types made of them, and by damage of each valid file.
 */
@Soaked
@SideBySide
class FuzzTest {
  /** Of each format; two are fuzzed at a time. */
  private static final int SECONDS = Soak.of(3, 80);

  /** What one input may take. */
  private static final int MOST_SECONDS = 20;

  /** Where a file is damaged in the short run, at most. */
  private static final int BRIEF_PLACES = 100;

  private static final int MAX_BYTES = Soak.of(4096, 1 << 15);

  /** Readers and parsers; what they hand their content to would only take time. */
  private static final String INSTRUMENTED =
      "dev.lanewise.learn.data.**:dev.lanewise.learn.train.**:dev.lanewise.learn.tune.**"
          + ":de.siegmar.fastcsv.**:tools.jackson.core.**";

  /** What comparisons in the code do not show. */
  private static final List<String> WORDS =
      List.of(
          "2147483647",
          "-2147483648",
          "1152921504606846976",
          "9223372036854775807",
          "-1",
          "1e999",
          "NaN",
          "\\\\ud800",
          "../",
          "\\\"__metadata__\\\":{",
          "\\\"data_offsets\\\":[",
          "\\\"shape\\\":[",
          "\\\"dtype\\\":\\\"F32\\\"",
          "\\\"event\\\":\\\"started\\\"",
          "\\\"event\\\":\\\"timed out\\\"",
          "'fortran_order': ",
          "\\x7f\\xff\\xff\\xff",
          "\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f");

  private static final Pattern INPUTS =
      Pattern.compile("stat::number_of_executed_units: +(\\d+)", Pattern.MULTILINE);

  private static final Pattern READS = Pattern.compile("accepted (\\d+), refused (\\d+)");

  @TempDir private Path folder;

  @Test
  void fuzzedFilesAreReadOrRefused() throws Exception {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<?>> all = new ArrayList<>();
      for (FuzzedFormat format : FuzzedFormat.values()) {
        all.add(
            two.submit(
                () -> {
                  fuzz(format);
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private void fuzz(FuzzedFormat format) throws Exception {
    Path own = Files.createDirectory(folder.resolve(format.name()));
    Path seeds = Files.createDirectory(own.resolve("seeds"));
    int number = 0;
    for (byte[] seed : format.seeds(own)) {
      Files.write(seeds.resolve("seed" + number++), seed);
    }
    Path words = own.resolve("words");
    Files.write(words, WORDS.stream().map(word -> '"' + word + '"').toList());
    // In memory, where there is such a folder, as journals are forced to the disk.
    Path memory = Path.of("/dev/shm");
    Path scratch =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "lanewise")
            : Files.createDirectory(own.resolve("scratch"));
    Path file = scratch.resolve("file");
    try {
      ProcessBuilder builder = jazzer(format, file, own, seeds, words).directory(own.toFile());
      check(format, ChildJvm.run(builder), own);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(scratch);
    }
  }

  private static ProcessBuilder jazzer(
      FuzzedFormat format, Path file, Path own, Path seeds, Path words) {
    return ChildJvm.builder(
        List.of(
            ChildJvm.MODULE,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Djava.io.tmpdir=" + file.getParent().getParent(),
            "-Dlanewise.impl=scalar",
            "-D" + FuzzTarget.FORMAT + "=" + format,
            "-D" + FuzzTarget.FILE + "=" + file),
        ChildJvm.CLASS_PATH,
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + FuzzTarget.class.getName(),
        "--instrumentation_includes=" + INSTRUMENTED,
        "--reproducer_path=" + own,
        "-artifact_prefix=" + own + "/",
        "-dict=" + words,
        "-max_len=" + MAX_BYTES,
        "-timeout=" + MOST_SECONDS,
        "-max_total_time=" + SECONDS,
        "-print_final_stats=1",
        seeds.toString());
  }

  private static void check(FuzzedFormat format, ChildJvm.Result result, Path own)
      throws IOException {
    assumeFalse(result.err().contains("UnsatisfiedLinkError"), "no fuzzer on this platform");
    assertEquals(0, result.exit(), () -> format + ": " + finding(own) + tail(result.err()));
    Matcher inputs = INPUTS.matcher(result.err());
    Matcher reads = READS.matcher(result.out());
    assertTrue(inputs.find() && reads.find(), () -> tail(result.out() + result.err()));
    long count = Long.parseLong(inputs.group(1));
    Soak.report("fuzzed " + format + " (" + reads.group() + ")", count);
    assertTrue(count > SECONDS, count + " inputs of " + format);
    assertTrue(Long.parseLong(reads.group(1)) > 0 && Long.parseLong(reads.group(2)) > 0);
  }

  /** The input, to be kept as a test. */
  private static String finding(Path own) {
    StringBuilder text = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(own, "{crash,timeout,oom}-*")) {
      for (Path file : files) {
        String input = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        text.append(file.getFileName()).append(": ").append(input).append('\n');
      }
    } catch (IOException e) {
      text.append(e);
    }
    return text.toString();
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 6000));
  }

  /** Valid files cut anywhere, with any byte gone and with any byte other; briefly, some places. */
  @ParameterizedTest
  @EnumSource
  void damagedFilesAreReadOrRefused(FuzzedFormat format) throws IOException {
    Path file = Files.createDirectory(folder.resolve("read")).resolve("file");
    int accepted = 0;
    int refused = 0;
    for (byte[] seed : format.seeds(folder)) {
      int stride = Soak.of(1 + seed.length / BRIEF_PLACES, 1);
      for (FuzzedFormat.Reader reader : format.readers()) {
        CheckedRead read = new CheckedRead(format, file, reader);
        for (int at = 0; at < seed.length; at += stride) {
          for (byte[] damaged : damages(seed, at)) {
            for (byte[] content : format.files(damaged)) {
              if (read.accepts(content)) {
                accepted++;
              } else {
                refused++;
              }
            }
          }
        }
      }
    }
    Soak.report("damaged " + format, accepted + refused);
    assertTrue(accepted > 0 && refused > 0, accepted + " accepted, " + refused + " refused");
  }

  private static List<byte[]> damages(byte[] whole, int at) {
    byte[] without = Arrays.copyOf(whole, whole.length - 1);
    System.arraycopy(whole, at + 1, without, at, without.length - at);
    byte[] other = whole.clone();
    other[at] ^= 0x11;
    return List.of(Arrays.copyOf(whole, at), without, other);
  }

  /** Names are keys, whatever they look like. */
  @ParameterizedTest
  @EnumSource
  void validFilesAreRead(FuzzedFormat format) throws IOException {
    Path file = Files.createDirectory(folder.resolve("read")).resolve("file");
    int accepted = 0;
    for (byte[] seed : format.seeds(folder)) {
      int before = accepted;
      for (FuzzedFormat.Reader reader : format.readers()) {
        for (byte[] content : format.files(seed)) {
          accepted += new CheckedRead(format, file, reader).accepts(content) ? 1 : 0;
        }
      }
      assertTrue(accepted > before, () -> new String(seed, StandardCharsets.UTF_8));
    }
  }
}

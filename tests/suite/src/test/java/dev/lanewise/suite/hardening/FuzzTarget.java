package dev.lanewise.suite.hardening;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Jazzer calls, in a process of its own: the readers of one format. */
public final class FuzzTarget {
  /** The property that names a {@link FuzzedFormat}. */
  static final String FORMAT = "lanewise.fuzz.format";

  /** The property that names the file to write inputs to, alone in its folder. */
  static final String FILE = "lanewise.fuzz.file";

  private static FuzzedFormat format;
  private static List<CheckedRead> reads;
  private static long accepted;
  private static long refused;

  private FuzzTarget() {}

  /** Reads what is valid, so that the time of fuzzing is not that of loading classes. */
  public static void fuzzerInitialize() throws IOException {
    format = FuzzedFormat.valueOf(System.getProperty(FORMAT));
    Path file = Path.of(System.getProperty(FILE));
    reads = new ArrayList<>();
    format.readers().forEach(reader -> reads.add(new CheckedRead(format, file, reader)));
    for (byte[] seed : format.seeds(file.getParent())) {
      fuzzerTestOneInput(seed);
    }
  }

  /** Any exception ends the process with a finding. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    for (byte[] content : format.files(input)) {
      for (CheckedRead read : reads) {
        if (read.accepts(content)) {
          accepted++;
        } else {
          refused++;
        }
      }
    }
  }

  /** Behind the last input. */
  public static void fuzzerTearDown() {
    System.out.printf("accepted %d, refused %d%n", accepted, refused);
  }
}

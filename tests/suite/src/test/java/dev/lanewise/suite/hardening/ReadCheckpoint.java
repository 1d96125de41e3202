package dev.lanewise.suite.hardening;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanewise.learn.train.SafeTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Checkpoints whose texts are other than they were written. */
final class ReadCheckpoint {
  private static final SafeTensors WRITTEN;
  private static final Path FILE;

  static {
    try {
      Path folder = Files.createTempDirectory("lanewise");
      folder.toFile().deleteOnExit();
      FILE = folder.resolve("checkpoint");
      CheckpointedRun.trainer(3, FILE).begin(CheckpointedRun.DATA).trainEpoch();
      WRITTEN = SafeTensors.read(FILE);
      Files.delete(FILE);
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private ReadCheckpoint() {}

  /** The texts of a checkpoint, a line each. */
  static byte[] texts() {
    return String.join("\n", WRITTEN.metadata().values()).getBytes(UTF_8);
  }

  /** A checkpoint of which the first texts are these. */
  static byte[] withTexts(byte[] lines) throws IOException {
    SequencedMap<String, String> texts = new LinkedHashMap<>(WRITTEN.metadata());
    String[] values = new String(lines, UTF_8).split("\n", texts.size());
    int next = 0;
    for (String key : WRITTEN.metadata().keySet()) {
      if (next < values.length) {
        texts.put(key, values[next++]);
      }
    }
    SafeTensors.of(WRITTEN.tensors(), texts).write(FILE);
    byte[] content = Files.readAllBytes(FILE);
    Files.delete(FILE);
    return content;
  }
}

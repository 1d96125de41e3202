package dev.lanewise.suite.hardening;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lanewise.suite.learn.data.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with one small good file of each format: two samples of two features, two labels. */
final class SampleFolder {
  private final Path folder;

  SampleFolder(Path folder) {
    this.folder = folder;
    write("data.csv", "1,2,a\n3,4,b\n".getBytes(ISO_8859_1));
    write("inputs.csv", "1,2\n3,4\n".getBytes(ISO_8859_1));
    write("images.idx", new byte[] {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4});
    write("labels.idx", new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 0, 1});
    write("inputs.npy", Content.npy("|u1", false, "(2, 2)", new byte[] {1, 2, 3, 4}));
    write("labels.npy", Content.npy("|u1", false, "(2,)", new byte[] {0, 1}));
  }

  private void write(String name, byte[] bytes) {
    try {
      Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path csv() {
    return folder.resolve("data.csv");
  }

  Path csvInputs() {
    return folder.resolve("inputs.csv");
  }

  Path idx() {
    return folder.resolve("images.idx");
  }

  Path idxLabels() {
    return folder.resolve("labels.idx");
  }

  Path npy() {
    return folder.resolve("inputs.npy");
  }

  Path npyLabels() {
    return folder.resolve("labels.npy");
  }

  /** A file that a call may write. */
  Path output() {
    return folder.resolve("output");
  }

  /** The checkpoint of a run of training. */
  Path checkpoint() {
    return folder.resolve("checkpoint.safetensors");
  }
}

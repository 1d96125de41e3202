package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk in memory, which can be full, or mounted for reading only. */
final class MemoryDisk implements AutoCloseable {
  private static final String FILLER = "filler";

  private final Path folder;

  private MemoryDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one; a machine that does not allow it skips the test. */
  static MemoryDisk mount(Path folder, int kilobytes) throws IOException {
    Files.createDirectory(folder);
    String options = "size=%dk,mode=700".formatted(kilobytes);
    boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
    assumeTrue(
        mounted, "this machine mounts nothing; SafeTensorsAtomicityTest limits sizes instead");
    return new MemoryDisk(folder);
  }

  private static boolean run(String... words) {
    try {
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes until there is no room for another byte. */
  void fill() throws IOException {
    try (OutputStream out = new FileOutputStream(folder.resolve(FILLER).toFile())) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      assertEquals("No space left on device", e.getMessage());
    }
  }

  void empty() throws IOException {
    Files.delete(folder.resolve(FILLER));
  }

  void allowWriting(boolean allowed) {
    String options = "remount," + (allowed ? "rw" : "ro");
    assertEquals(true, run("mount", "-o", options, folder.toString()), options);
  }

  @Override
  public void close() {
    assertEquals(true, run("umount", folder.toString()), "unmounted");
  }
}

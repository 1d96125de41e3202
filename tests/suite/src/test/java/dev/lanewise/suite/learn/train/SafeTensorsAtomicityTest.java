package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import dev.lanewise.testkit.operand.Mix;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced whole or not at all, and no temporary file stays. */
class SafeTensorsAtomicityTest {
  private static final int SMALL = 10;

  /** Some milliseconds of writing. */
  private static final int LARGE = 1 << 20;

  private static final int KILLS = 10;
  private static final int MAX_MILLIS = 60;
  private static final String NAME = "model.safetensors";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve(NAME);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /** The version that the file holds, with all of its elements. */
  private int version(int length) throws IOException {
    SafeTensors content = SafeTensors.read(file);
    int version = Integer.parseInt(content.metadata().get("version"));
    Contents.assertEqual(Contents.version(version, length), content);
    return version;
  }

  @Test
  void aFileIsReplaced() throws IOException {
    Contents.version(1, SMALL).write(file);
    assertEquals(1, version(SMALL));
    Contents.version(2, SMALL).write(file);
    assertEquals(2, version(SMALL));
    assertEquals(Set.of(NAME), files());
  }

  private static void assertUnwritable(Path file) {
    String found =
        assertThrows(IOException.class, () -> Contents.version(2, SMALL).write(file)).getMessage();
    assertTrue(found.startsWith(file + " cannot be written"), found);
    assertTrue(found.contains("Exception: "), found);
  }

  @Test
  void aFolderThatIsNoneIsNamed() throws IOException {
    Files.writeString(file, "a file");
    assertUnwritable(file.resolve("model"));
    assertUnwritable(folder.resolve("absent").resolve("model"));
    assertEquals(Set.of(NAME), files());
    assertEquals("a file", Files.readString(file));
    Path root = folder.getRoot();
    assertThrows(IOException.class, () -> Contents.version(2, SMALL).write(root));
  }

  /** The content is written by then; the renaming fails. */
  @Test
  void aFolderIsNotReplaced() throws IOException {
    Path inside = Files.createDirectory(file).resolve("inside");
    Files.writeString(inside, "kept");
    assertUnwritable(file);
    assertEquals(Set.of(NAME), files());
    assertEquals("kept", Files.readString(inside));
  }

  /** A limit of the size of files stops the writer in the middle, as a full disk would. */
  @Test
  void aDiskThatIsFullLeavesTheFileAsItWas() throws Exception {
    Path shell = Path.of("/bin/sh");
    assumeTrue(Files.isExecutable(shell), "no shell that can limit the size of files");
    Contents.version(1, SMALL).write(file);
    byte[] before = Files.readAllBytes(file);
    ProcessBuilder builder =
        ChildJvm.builder(
            List.of("-XX:-UsePerfData"),
            ChildJvm.CLASS_PATH,
            CheckpointWriterMain.class.getName(),
            file.toString(),
            Integer.toString(LARGE),
            "1");
    List<String> command = new ArrayList<>(List.of(shell.toString(), "-c"));
    command.add("ulimit -f 1000 && exec \"$@\"");
    command.add("sh");
    command.addAll(builder.command());
    Result result = ChildJvm.run(builder.command(command));
    assertNotEquals(0, result.exit());
    assertEquals("", result.out());
    assertTrue(
        result.err().contains(file + " cannot be written, and is as it was: "), result.err());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(Set.of(NAME), files());
  }

  /** Readers see a whole file at any time, and so does who comes after the writer was killed. */
  @Test
  void aKilledWriterLeavesAWholeFile() throws Exception {
    Mix mix = new Mix(8);
    Set<Integer> seen = new TreeSet<>();
    int leftovers = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process writer =
          ChildJvm.builder(
                  List.of("-XX:TieredStopAtLevel=1"),
                  ChildJvm.CLASS_PATH,
                  CheckpointWriterMain.class.getName(),
                  file.toString(),
                  Integer.toString(LARGE),
                  Integer.toString(Integer.MAX_VALUE))
              .redirectErrorStream(true)
              .start();
      try (BufferedReader out = writer.inputReader()) {
        assertEquals("written", out.readLine());
        long end = System.nanoTime() + mix.below(MAX_MILLIS) * 1_000_000L;
        while (System.nanoTime() < end) {
          seen.add(version(LARGE));
        }
      } finally {
        writer.destroyForcibly().waitFor();
      }
      seen.add(version(LARGE));
      leftovers += files().size() - 1;
      assertTrue(files().size() <= 2, files().toString());
    }
    System.out.printf("%d of %d killed writers left a temporary file%n", leftovers, KILLS);
    assertEquals(Set.of(1, 2), seen);
    Contents.version(3, SMALL).write(file);
    assertEquals(Set.of(NAME), files());
  }

  /** Only those of this file whose writer is gone. */
  @Test
  void leftoversAreDeleted() throws Exception {
    Process gone = ChildJvm.builder(List.of(), ChildJvm.CLASS_PATH, "-version").start();
    gone.waitFor();
    long running = ProcessHandle.current().parent().orElseThrow().pid();
    Set<String> kept =
        Set.of(
            "other.safetensors.%d-1f.tmp".formatted(gone.pid()),
            NAME + ".%d-1f".formatted(gone.pid()),
            NAME + ".%d-1f.tmp.txt".formatted(gone.pid()),
            NAME + ".tmp",
            NAME + ".%d-1f.tmp".formatted(running),
            NAME);
    for (String name : kept) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.writeString(folder.resolve(NAME + ".%d-1f.tmp".formatted(gone.pid())), "");
    long own = ProcessHandle.current().pid();
    Files.writeString(folder.resolve(NAME + ".%d-1f.tmp".formatted(own)), "");
    Contents.version(1, SMALL).write(file);
    assertEquals(kept, files());
    assertEquals(1, version(SMALL));
  }

  /** A run that is told to stop can still write. */
  @Test
  void anInterruptedThreadWritesAndReads() throws IOException {
    Thread.currentThread().interrupt();
    try {
      Contents.version(1, SMALL).write(file);
      assertEquals(1, version(SMALL));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(Set.of(NAME), files());
  }

  @Test
  void threadsThatWriteOneFileWriteItWhole() throws Exception {
    Contents.version(1, SMALL).write(file);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int version = 1; version <= 4; version++) {
        SafeTensors content = Contents.version(version, SMALL);
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    content.write(file);
                    version(SMALL);
                  }
                  return null;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertEquals(Set.of(NAME), files());
  }
}

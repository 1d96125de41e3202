package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.Main;
import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.History;
import dev.lanewise.learn.train.TrainingListener;
import dev.lanewise.learn.train.TrainingRun;
import dev.lanewise.suite.learn.tune.JournalledStudyMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A disk without room, and one that cannot be written to: what was there last is as it was, the
 * message names file and cause, and no other file is left.
 */
@Soaked
class DiskTest {
  private static final int KILOBYTES = 256;

  /** Writes, or replaces, a file. */
  private interface Output {
    void write(Path file) throws IOException;
  }

  private static final Output CHECKPOINT =
      file -> CheckpointedRun.run(9, file, TrainingListener.NONE).trainEpoch();
  private static final Output CURVES =
      file -> new History(List.of(new History.Epoch(1, 0.5, 1, 0.4, 0.9))).writeCsv(file);
  private static final Output PAGE = file -> OutputFile.write(file, "<html>".repeat(1000));

  @TempDir private Path folder;

  private static Set<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toSet());
    }
  }

  private static void assertFails(Output output, Path file, String cause) throws IOException {
    byte[] before = Files.readAllBytes(file);
    Set<Path> files = list(file.getParent());
    IOException e = assertThrows(IOException.class, () -> output.write(file));
    assertTrue(e.getMessage().startsWith(file + " cannot be written"), e.getMessage());
    assertTrue(e.getMessage().contains(cause), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    assertEquals(files, list(file.getParent()));
  }

  @Test
  void filesOnAFullDiskAreAsTheyWere() throws Exception {
    Path disk = folder.resolve("disk");
    List<Output> outputs = List.of(CHECKPOINT, CURVES, PAGE);
    try (MemoryDisk memory = MemoryDisk.mount(disk, KILOBYTES)) {
      for (Output output : outputs) {
        output.write(disk.resolve("file" + outputs.indexOf(output)));
      }
      memory.fill();
      for (Output output : outputs) {
        assertFails(output, disk.resolve("file" + outputs.indexOf(output)), "No space left");
      }
      memory.empty();
      CHECKPOINT.write(disk.resolve("file0"));
      assertEquals(2, Classifier.read(disk.resolve("file0")).classes().size());
    }
    Soak.report("files on a full disk", outputs.size());
  }

  @Test
  void filesThatCannotBeWrittenAreAsTheyWere() throws Exception {
    Path disk = folder.resolve("disk");
    List<Output> outputs = List.of(CHECKPOINT, CURVES, PAGE);
    try (MemoryDisk memory = MemoryDisk.mount(disk, KILOBYTES)) {
      for (Output output : outputs) {
        output.write(disk.resolve("file" + outputs.indexOf(output)));
      }
      memory.allowWriting(false);
      for (Output output : outputs) {
        assertFails(
            output, disk.resolve("file" + outputs.indexOf(output)), "Read-only file system");
      }
    }
    Soak.report("files that cannot be written", outputs.size());
  }

  /** A run whose checkpoint had no room goes on from the last one. */
  @Test
  void trainingGoesOnWhenThereIsRoomAgain() throws Exception {
    Path calm = folder.resolve("calm");
    CheckpointedRun.run(6, calm, TrainingListener.NONE).train();
    Path disk = folder.resolve("disk");
    Path file = disk.resolve("model");
    try (MemoryDisk memory = MemoryDisk.mount(disk, KILOBYTES)) {
      TrainingRun run = CheckpointedRun.run(6, file, TrainingListener.NONE);
      run.trainEpoch();
      run.trainEpoch();
      memory.fill();
      assertThrows(IOException.class, run::train);
      memory.empty();
      assertEquals(
          2, CheckpointedRun.run(6, file, TrainingListener.NONE).history().epochs().size());
      CheckpointedRun.run(6, file, TrainingListener.NONE).train();
      assertArrayEquals(Files.readAllBytes(calm), Files.readAllBytes(file));
    }
  }

  /** On a full disk the last page of a file may have room for some lines. */
  @Test
  void aJournalGoesOnWhenThereIsRoomAgain() throws Exception {
    Path disk = folder.resolve("disk");
    Path journal = disk.resolve("study.jsonl");
    Path calm = folder.resolve("calm.jsonl");
    try (MemoryDisk memory = MemoryDisk.mount(disk, KILOBYTES)) {
      Output study = file -> JournalledStudyMain.study(file, 0, () -> {}).run();
      memory.fill();
      IOException full = assertThrows(IOException.class, () -> study.write(journal));
      assertTrue(full.getMessage().startsWith(journal + " cannot be written: "), full.getMessage());
      assertTrue(full.getMessage().contains("No space left"), full.getMessage());
      memory.allowWriting(false);
      byte[] before = Files.readAllBytes(journal);
      IOException closed = assertThrows(IOException.class, () -> study.write(journal));
      assertTrue(
          closed.getMessage().startsWith(journal + " cannot be opened: "), closed.getMessage());
      assertArrayEquals(before, Files.readAllBytes(journal));
      memory.allowWriting(true);
      memory.empty();
      assertEquals(
          JournalledStudyMain.study(calm, 0, () -> {}).run(),
          JournalledStudyMain.study(journal, 0, () -> {}).run());
      assertEquals(Set.of(journal), list(disk));
    }
  }

  private record Ended(int exit, String err) {
    void assertNames(Path file, String more) {
      assertEquals(1, exit, err);
      assertTrue(err.startsWith("lanewise: " + file + " cannot be written"), err);
      assertTrue(err.contains("No space left") && err.contains(more), err);
      assertFalse(err.contains("\tat "), err);
    }
  }

  private Ended train(Object... words) throws IOException {
    Path samples = folder.resolve("samples.csv");
    Files.writeString(samples, "1,2,a\n3,4,b\n5,6,a\n7,9,b\n");
    Stream<Object> all =
        Stream.concat(Stream.of("train", samples, "--hidden", 3), Stream.of(words));
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(err));
    int exit = command.execute(all.map(Object::toString).toArray(String[]::new));
    return new Ended(exit, err.toString());
  }

  /** The command says in a line which file it was, and how to go on. */
  @Test
  void theCommandNamesTheFile() throws Exception {
    Path disk = folder.resolve("disk");
    Path output = disk.resolve("output");
    Path model = disk.resolve("model");
    Path other = folder.resolve("model");
    try (MemoryDisk memory = MemoryDisk.mount(disk, KILOBYTES)) {
      assertEquals(0, train("--epochs", 1, "--out", model).exit());
      memory.fill();
      Set<Path> files = list(disk);
      train("--epochs", 1, "--out", output).assertNames(output, "");
      for (String option : List.of("--curves", "--report")) {
        train("--epochs", 1, "--out", other, "--overwrite", option, output).assertNames(output, "");
      }
      train("--epochs", 2, "--out", model, "--resume")
          .assertNames(model, "; it keeps epoch 1 of 2, and the same command with --resume");
      assertEquals(files, list(disk));
      memory.empty();
      assertEquals(0, train("--epochs", 2, "--out", model, "--resume").exit());
    }
  }
}

package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.Objective;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Journals that a study does not go on from. */
@Timeout(60)
class JournalRefusalTest extends StudyJournal {
  private void refused(String words) throws IOException {
    byte[] before = Files.readAllBytes(file);
    DataException e = assertThrows(DataException.class, () -> study(OBJECTIVE).run());
    assertTrue(e.getMessage().startsWith(file + ""), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** Line 3, the end of trial 0, replaced. */
  private void damaged(String line, String words) throws IOException {
    List<String> lines = lines();
    lines.set(2, line);
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused(words);
    Files.delete(file);
  }

  @Test
  void damageIsNamedByItsLine() throws IOException {
    damaged("{\"trial\":0,\"bud", ": line 3: {\"trial\":0,\"bud: it is no JSON: ");
    damaged("", ": line 3: : it is no JSON object");
    damaged("17", ": line 3: 17: it is no JSON object");
    damaged("{\"trial\":0} {}", "it is no JSON: ");
    damaged("{\"trial\":0,\"trial\":0}", "it is no JSON: ");
    damaged("{\"trial\":\"0\",\"budget\":1}", "\"trial\" is \"0\"; expected an integer");
    damaged("{\"trial\":0.5,\"budget\":1}", "\"trial\" is 0.5; expected an integer");
    damaged("{\"trial\":99999999999}", "\"trial\" is 99999999999; expected an integer");
    damaged("{\"trial\":0}", "\"budget\" is missing");
    damaged("{\"trial\":0,\"budget\":1}", "\"event\" is missing");
    String end = "{\"trial\":0,\"budget\":1,\"event\":";
    damaged(end + "7}", "\"event\" is 7; expected a text");
    damaged(end + "\"gone\"}", "\"event\" is \"gone\"");
    damaged(end + "\"started\"}", "\"parameters\" is missing");
    damaged(end + "\"finished\",\"reports\":[]}", "\"score\" is missing");
    damaged(end + "\"finished\",\"score\":\"1\"}", "\"score\" is \"1\"; expected a finite number");
    damaged(end + "\"finished\",\"score\":1e999}", "expected a finite number");
    damaged(end + "\"finished\",\"score\":NaN}", "it is no JSON: ");
    damaged(end + "\"finished\",\"score\":1}", "\"reports\" is missing");
    damaged(end + "\"finished\",\"score\":1,\"reports\":[1]}", "\"reports\" has 1; expected [step");
    damaged(end + "\"finished\",\"score\":1,\"reports\":[[1]]}", "\"reports\" has [1]; expected");
    damaged(
        end + "\"finished\",\"score\":1,\"reports\":[[1.5,2]]}", "\"step\" is 1.5; expected an");
    damaged(end + "\"failed\",\"reports\":[]}", "\"error\" is missing");
    damaged(
        end + "\"finished\",\"score\":1,\"reports\":[[2,0],[2,1]]}",
        "\"reports\" has step 2 after step 2");
    damaged("{\"trial\":-1,\"budget\":1}", "\"trial\" is -1; it must be at least 0");
    damaged("{\"trial\":0,\"budget\":0}", "\"budget\" is 0; it must be at least 1");
    damaged(
        "{\"trial\":7,\"budget\":1,\"event\":\"failed\",\"error\":\"\",\"reports\":[]}",
        ": line 3: {\"trial\":7,\"budget\":1,\"event\":\"failed\",\"…: trial 7 at budget 1 has"
            + " not");
  }

  @Test
  void damagedOrderIsNamedByItsLine() throws IOException {
    List<String> lines = lines();
    lines.add(lines.get(2));
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused(
        ": line 14: {\"trial\":0,\"budget\":1,\"event\":\"finished\"…: trial 0 at budget 1 has"
            + " ended in line 3");
    lines.set(13, lines.get(1));
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused("trial 0 at budget 1 has ended in line 3");
    lines.removeLast();
    String start = lines.get(3);
    lines.set(3, start.replaceFirst("\"n\":\\d", "\"n\":77"));
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused(": line 4: trial 1 at budget 1 has the parameters {\"n\":77,");
    refused("expected " + start.substring(start.indexOf("{\"n\""), start.length() - 1) + ", which");
    lines.add(4, start);
    Files.writeString(file, String.join("\n", lines) + "\n");
    refused("trial 1 at budget 1 has other parameters in line 4: {\"n\":77,");
    lines.remove(4);
    lines.set(3, start.replace("\"trial\":1", "\"trial\":91"));
    lines.set(4, lines.get(4).replace("\"trial\":1", "\"trial\":91"));
    Files.writeString(file, String.join("\n", lines) + "\n");
    DataException e = assertThrows(DataException.class, () -> study(OBJECTIVE).run());
    assertEquals(
        file + ": line 4: the sampler never proposes trial 91 at budget 1", e.getMessage());
    lines.set(3, start);
    lines.set(4, lines.get(4).replace("\"trial\":91", "\"trial\":1"));
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    bytes[lines.get(0).length() + 5] = (byte) 0xff;
    Files.write(file, bytes);
    refused(": it is no UTF-8");
  }

  @Test
  void aFileOfAnotherKindIsLeftAlone() throws IOException {
    Files.writeString(file, "name,label\n1,2\n");
    refused(": line 1: name,label: it is no JSON: ");
    Files.writeString(file, "{\"trial\":1}\n");
    refused(": line 1: {\"trial\":1}: \"journal\" is missing; it is no journal of a study");
    Files.writeString(file, "one line without an end, of which more follows");
    refused(": line 1: one line without an end, of which more f…: it is not the beginning of");
    Files.writeString(file, "{\"journal\":\"lanewise study\",\"version\":1,\"space\":\"y");
    refused("it is not the beginning of a journal of this study");
  }

  private void another(Study study, String words) throws IOException {
    lines();
    byte[] before = Files.readAllBytes(file);
    DataException e = assertThrows(DataException.class, () -> study.withJournal(file).run());
    assertEquals(file + " is the journal of another study: " + words, e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aJournalOfAnotherStudyIsRefused() throws IOException {
    another(study(OBJECTIVE).withSeed(4), "seed is 3 there and 4 here");
    another(study(OBJECTIVE).maximising(), "goal is \"minimise\" there and \"maximise\" here");
    another(
        study(OBJECTIVE).withDescription("of \"iris\""),
        "description is \"\" there and \"of \\\"iris\\\"\" here");
    another(
        Study.of(SPACE, Sampler.random(7), OBJECTIVE).withSeed(3),
        "sampler is \"random(6)\" there and \"random(7)\" here");
    another(
        Study.of(Space.empty().integer("n", 0, 9), Sampler.random(6), OBJECTIVE).withSeed(3),
        "space is \"n: integer(0, 9); c: choice(a, b); x: uniform(0.0, 1.0)\" there and"
            + " \"n: integer(0, 9)\" here");
    Files.writeString(
        file, first(Files.readAllBytes(file)).replace("1,\"space", "2,\"space") + "\n");
    refused("version is 2 there and 1 here");
    Files.delete(file);
    lines();
    assertTrue(study(OBJECTIVE).withWorkers(2).withTimeout(Duration.ofDays(1)).run().complete());
  }

  /** By another name of the file too; and the first study keeps its lock. */
  @Test
  void aLinkIsTheSameFile() throws IOException {
    Path link = file.resolveSibling("link.jsonl");
    Objective objective =
        trial -> {
          if (trial.number() == 0) {
            if (!Files.exists(link)) {
              Files.createLink(link, file);
            }
            IOException e =
                assertThrows(IOException.class, () -> study(OBJECTIVE).withJournal(link).run());
            assertEquals(link + " is in use by another study of this process", e.getMessage());
          }
          return OBJECTIVE.score(trial);
        };
    List<Outcome> outcomes = study(objective).run().outcomes();
    assertEquals(undisturbed(), outcomes);
  }

  @Test
  void twoStudiesOfAProcessAreRefused() throws IOException {
    Path link = folder.resolve("link.jsonl");
    List<String> messages = new ArrayList<>();
    Objective nested =
        trial -> {
          if (trial.number() == 0) {
            if (!Files.exists(link)) {
              Files.createSymbolicLink(link, file);
            }
            for (Path path : List.of(file, link)) {
              Study other = study(OBJECTIVE).withJournal(path);
              messages.add(assertThrows(IOException.class, other::run).getMessage());
            }
          }
          return OBJECTIVE.score(trial);
        };
    assertEquals(undisturbed(), study(nested).run().outcomes());
    assertEquals(
        List.of(
            file + " is in use by another study of this process",
            link + " is in use by another study of this process"),
        messages);
    assertTrue(study(OBJECTIVE).run().complete());
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() {
    Path absent = folder.resolve("absent").resolve("study.jsonl");
    for (Path path : List.of(absent, folder)) {
      Study study = study(OBJECTIVE).withJournal(path);
      String message = assertThrows(IOException.class, study::run).getMessage();
      assertTrue(message.startsWith(path + " cannot be opened: "), message);
    }
    assertFalse(Files.exists(absent));
  }
}

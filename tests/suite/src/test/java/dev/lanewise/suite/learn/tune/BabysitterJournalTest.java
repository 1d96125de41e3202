package dev.lanewise.suite.learn.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.tune.Babysitter;
import dev.lanewise.learn.tune.Babysitting;
import dev.lanewise.learn.tune.Decision;
import dev.lanewise.learn.tune.Space;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a babysitter's journal holds, how a run goes on from it, and which files are refused. */
class BabysitterJournalTest {
  private static final int EPOCHS = 40;

  @TempDir private Path folder;
  private Path journal;

  @BeforeEach
  void nameFile() {
    journal = folder.resolve("babysitter.jsonl");
  }

  private static Babysitter babysitter(int epochs) {
    return Babysitter.of(Descent.SPACE, Descent.START, 2, epochs);
  }

  /** What has become of a run: all of it. */
  private record End(List<Decision> decisions, Descent.State state) {
    static End of(Babysitting result, Descent trainee) {
      return new End(result.decisions(), trainee.state());
    }
  }

  private static End undisturbed(Path file, Descent trainee) throws IOException {
    return End.of(babysitter(EPOCHS).run(trainee, file), trainee);
  }

  @Test
  void everyDecisionIsALine() throws IOException {
    Space line = Space.empty().uniform("a", 0, 1).integer("n", 1, 4);
    Babysitter.of(line, Map.of("a", 0.5, "n", 2), 2, 7)
        .withStep(0.25)
        .run(new Scripted(5, 4, 6, Double.NaN, 3), journal);
    assertEquals(
        List.of(
            "{\"journal\":\"lanewise babysat run\",\"version\":1,\"space\":\"a: uniform(0.0, 1.0);"
                + " n: integer(1, 4)\",\"start\":{\"a\":0.5,\"n\":2},\"interval\":2,\"step\":0.25,"
                + "\"goal\":\"minimise\"}",
            "{\"decision\":0,\"epoch\":0,\"epochs\":0,\"after\":5.0,\"kept\":true}",
            "{\"decision\":1,\"epoch\":0,\"epochs\":2,\"before\":5.0,\"after\":4.0,\"kept\":true}",
            "{\"decision\":2,\"epoch\":2,\"epochs\":2,\"parameter\":\"a\",\"from\":0.5,\"to\":0.75,"
                + "\"before\":4.0,\"after\":6.0,\"kept\":false}",
            "{\"decision\":3,\"epoch\":2,\"epochs\":2,\"parameter\":\"a\",\"from\":0.5,\"to\":0.25,\"before\":4.0,\"error\":\"the"
                + " score is NaN; it must be finite\",\"kept\":false}",
            "{\"decision\":4,\"epoch\":2,\"epochs\":1,\"parameter\":\"n\",\"from\":2,\"to\":3,"
                + "\"before\":4.0,\"after\":3.0,\"kept\":true}"),
        Files.readAllLines(journal));
    assertTrue(Files.readString(journal).endsWith("}\n"));
  }

  @Test
  void theSameRunHasTheSameDecisions() throws IOException {
    Path other = folder.resolve("other.jsonl");
    assertEquals(undisturbed(journal, new Descent()), undisturbed(other, new Descent()));
    assertArrayEquals(Files.readAllBytes(journal), Files.readAllBytes(other));
    assertEquals(Babysitter.decisions(journal), Babysitter.decisions(other));
  }

  /** Nothing is trained or written again. */
  @Test
  void aCompleteRunIsRead() throws IOException {
    Descent trainee = new Descent();
    End expected = undisturbed(journal, trainee);
    byte[] bytes = Files.readAllBytes(journal);
    Descent later = new Descent(trainee.saves().getLast());
    assertEquals(expected, undisturbed(journal, later));
    assertEquals(0, later.spent());
    assertArrayEquals(bytes, Files.readAllBytes(journal));
  }

  @Test
  void moreEpochsGoOn() throws IOException {
    End expected = undisturbed(folder.resolve("other.jsonl"), new Descent());
    Descent trainee = new Descent();
    for (int epochs = 2; epochs <= EPOCHS; epochs += 2) {
      trainee = trainee.saves().isEmpty() ? trainee : new Descent(trainee.saves().getLast());
      Babysitting result = babysitter(epochs).run(trainee, journal);
      assertEquals(epochs, result.spent());
      trainee.save(trainee.state().note());
    }
    assertEquals(expected, End.of(babysitter(EPOCHS).run(trainee, journal), trainee));
  }

  /**
   * Cut anywhere, as by a machine that stopped, with what the trainee had saved by then: all
   * decisions in the journal, or one more.
   */
  @Test
  void aRunThatWasKilledGoesOn() throws IOException {
    Descent trainee = new Descent();
    End expected = undisturbed(journal, trainee);
    byte[] whole = Files.readAllBytes(journal);
    for (int length = 0; length <= whole.length; length += length < 200 ? 40 : 37) {
      byte[] torn = Arrays.copyOf(whole, length);
      int lines =
          (int) new String(torn, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      int made = Math.max(lines - 1, 0);
      int saves = (int) expected.decisions.stream().limit(made).filter(Decision::kept).count();
      boolean nextIsKept = made < expected.decisions.size() && expected.decisions.get(made).kept();
      for (int saved = saves; saved <= saves + (nextIsKept ? 1 : 0); saved++) {
        Files.write(journal, torn);
        Descent found = new Descent(saved == 0 ? null : trainee.saves().get(saved - 1));
        assertEquals(expected, undisturbed(journal, found), "length " + length);
        assertArrayEquals(whole, Files.readAllBytes(journal), "length " + length);
      }
    }
  }

  private void refused(Descent trainee, String words) throws IOException {
    byte[] before = Files.readAllBytes(journal);
    DataException e =
        assertThrows(DataException.class, () -> babysitter(EPOCHS).run(trainee, journal));
    assertTrue(e.getMessage().startsWith(journal + ""), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(journal));
    assertEquals(0, trainee.spent());
  }

  /** Older or newer than the journal, or another run's. */
  @Test
  void aTraineeThatDoesNotFitIsRefused() throws IOException {
    Descent trainee = new Descent();
    undisturbed(journal, trainee);
    List<String> lines = new ArrayList<>(Files.readAllLines(journal));
    List<Descent.State> saves = trainee.saves();
    refused(
        new Descent(saves.get(saves.size() - 2)),
        ": its last kept decision is %s, but the trainee was saved after %s"
            .formatted(saves.getLast().note(), saves.get(saves.size() - 2).note()));
    refused(new Descent(new Descent.State(1, 1, "a note")), "was saved after a note");
    String changed = saves.getLast().note().replace("\"decision\":", "\"decision\":1");
    refused(new Descent(new Descent.State(1, 1, changed)), "was saved after " + changed);
    int third = lines.indexOf(saves.get(2).note());
    Files.writeString(journal, String.join("\n", lines.subList(0, third)) + "\n");
    refused(new Descent(saves.get(3)), "was saved after " + saves.get(3).note());
  }

  private void damaged(int line, String replaced, String words) throws IOException {
    Files.deleteIfExists(journal);
    Descent trainee = new Descent();
    undisturbed(journal, trainee);
    List<String> lines = new ArrayList<>(Files.readAllLines(journal));
    lines.set(line - 1, replaced);
    Files.writeString(journal, String.join("\n", lines) + "\n");
    refused(new Descent(trainee.saves().getLast()), words);
  }

  @Test
  void damageIsNamedByItsLine() throws IOException {
    undisturbed(journal, new Descent());
    List<String> lines = Files.readAllLines(journal);
    String third = lines.get(2);
    damaged(3, "{\"decision\":1,\"ep", ": line 3: {\"decision\":1,\"ep: it is no JSON: ");
    damaged(3, "[]", ": line 3: []: it is no JSON object");
    damaged(3, "{\"epoch\":0}", "\"decision\" is missing");
    damaged(3, third.replace("\"epoch\":0", "\"epoch\":0.5"), "\"epoch\" is 0.5; expected an int");
    damaged(3, third.replace("true", "1"), "\"kept\" is 1; expected true or false");
    damaged(3, third.replace("\"kept\":true", "\"a\":1"), "\"kept\" is missing");
    damaged(3, third.replace("\"after\"", "\"a\""), "\"after\" is missing");
    damaged(3, third.replace("\"after\":", "\"after\":1e999,\"a\":"), "expected a finite number");
    damaged(3, third.replace("\"before\"", "\"a\""), "\"before\" is missing");
    String follow = "it does not follow from the lines before; expected " + third;
    damaged(3, third.replace("\"decision\":1", "\"decision\":2"), follow);
    damaged(3, third.replace("\"before\":1.0", "\"before\":1.5"), follow);
    damaged(3, third.replace("\"epochs\":2", "\"epochs\":3"), follow);
    damaged(3, third.replace("\"kept\":true", "\"kept\":false"), follow);
    damaged(3, lines.get(3), "it does not follow from the lines before");
    damaged(2, lines.get(1).replace("true", "false"), "it does not follow from the lines before");
    String fourth = lines.get(3);
    assertTrue(fourth.contains("\"parameter\":\"rate\",\"from\":0.03,\"to\":"), fourth);
    damaged(4, fourth.replace("\"from\"", "\"a\""), ": line 4: {\"decision\":2");
    damaged(4, fourth.replace("\"to\":", "\"to\":\"x\",\"a\":"), "\"to\" is \"x\"; expected a");
    damaged(4, fourth.replace("\"to\":", "\"to\":1.5,\"a\":"), "expected " + fourth);
    damaged(4, fourth.replace("\"rate\"", "\"momentum\""), "expected " + fourth);
  }

  @Test
  void theJournalOfAnotherRunIsRefused() throws IOException {
    undisturbed(journal, new Descent());
    byte[] before = Files.readAllBytes(journal);
    Map<Babysitter, String> others =
        Map.of(
            Babysitter.of(Descent.SPACE, Descent.START, 3, 40),
            "interval is 2 there and 3 here",
            Babysitter.of(Descent.SPACE, Map.of("rate", 0.1, "momentum", 0.5), 2, 40),
            "start is {\"rate\":0.03,\"momentum\":0.5} there and {\"rate\":0.1,\"momentum\":0.5}"
                + " here",
            babysitter(40).withStep(0.2),
            "step is 0.1 there and 0.2 here",
            babysitter(40).maximising(),
            "goal is \"minimise\" there and \"maximise\" here",
            Babysitter.of(Space.empty().uniform("a", 0, 1), Map.of("a", 0.5), 2, 40),
            "space is \"rate: logUniform(1.0E-4, 10.0); momentum: oneMinusLogUniform(0.1, 0.99)\""
                + " there and \"a: uniform(0.0, 1.0)\" here");
    for (Map.Entry<Babysitter, String> other : others.entrySet()) {
      String message =
          assertThrows(DataException.class, () -> other.getKey().run(new Descent(), journal))
              .getMessage();
      assertEquals(
          journal + " is the journal of another babysat run: " + other.getValue(), message);
    }
    assertArrayEquals(before, Files.readAllBytes(journal));
  }

  @Test
  void aFileOfAnotherKindIsLeftAlone() throws IOException {
    Files.writeString(journal, "name,label\n1,2\n");
    refused(new Descent(), ": line 1: name,label: it is no JSON: ");
    assertThrows(DataException.class, () -> Babysitter.decisions(journal));
    Files.writeString(journal, "{\"journal\":\"lanewise study\",\"version\":1}\n");
    refused(new Descent(), "is \"lanewise study\" there and \"lanewise babysat run\" here");
    DataException e = assertThrows(DataException.class, () -> Babysitter.decisions(journal));
    assertTrue(
        e.getMessage().contains("\"journal\" is \"lanewise study\"; expected"), e::getMessage);
    Files.writeString(journal, "no line");
    refused(
        new Descent(), ": line 1: no line: it is not the beginning of a journal of this babysat");
    assertThrows(DataException.class, () -> Babysitter.decisions(journal));
    assertThrows(IOException.class, () -> Babysitter.decisions(folder.resolve("absent")));
  }

  @Test
  void twoRunsOnOneJournalAreRefused() throws IOException {
    List<String> messages = new ArrayList<>();
    Babysitter nested =
        babysitter(EPOCHS)
            .withListener(
                decision -> {
                  if (decision.number() == 2) {
                    messages.add(
                        assertThrows(
                                IOException.class,
                                () -> babysitter(EPOCHS).run(new Descent(), journal))
                            .getMessage());
                  }
                });
    nested.run(new Descent(), journal);
    assertEquals(List.of(journal + " is in use by another babysat run of this process"), messages);
  }

  /** Also while more are made. */
  @Test
  void decisionsCanBeReadBack() throws IOException {
    List<Integer> sizes = new ArrayList<>();
    Babysitting result =
        babysitter(6)
            .withListener(
                decision -> {
                  try {
                    sizes.add(Babysitter.decisions(journal).size());
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .run(new Descent(), journal);
    assertEquals(List.of(1, 2, 3, 4), sizes);
    Files.writeString(journal, Files.readString(journal) + "{\"decision\":4");
    assertEquals(result.decisions(), Babysitter.decisions(journal));
  }
}

package dev.lanewise.suite.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.suite.Apart;
import dev.lanewise.testkit.Accuracy;
import dev.lanewise.testkit.law.Engine;
import dev.lanewise.testkit.law.Law;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every fault of the catalogue is seen by its contract, with the default number of tries, for each
 * of 20 seeds; the kernels without it, which other tests are about, pass with a quarter of the
 * tries.
 */
@Apart
class BrokenKernelsTest {
  private static final int SEEDS = 20;

  /** Laws that hold are tried to the end: with all tries they take as long as all faults. */
  private static final int RIGHT_TRIES = Law.TRIES / 4;

  private static final List<Fault> FAULTS = Catalogue.faults();

  @Test
  void everyFaultIsCaught() {
    List<Verdict> verdicts = FAULTS.parallelStream().map(BrokenKernelsTest::verdict).toList();
    verdicts.forEach(System.out::println);
    List<Verdict> survivors = verdicts.stream().filter(verdict -> verdict.seeds() < SEEDS).toList();
    System.out.println(
        "broken kernels: caught " + (FAULTS.size() - survivors.size()) + " of " + FAULTS.size());
    survivors.forEach(verdict -> System.out.println("survived: " + verdict));
    assertEquals(List.of(), survivors);
  }

  /** For how many seeds each law was the first to see a fault. */
  private record Verdict(Fault fault, Map<String, Integer> catches) {
    int seeds() {
      return catches.values().stream().mapToInt(count -> count).sum();
    }

    @Override
    public String toString() {
      return fault + ": caught for " + seeds() + " of " + SEEDS + " seeds by " + catches;
    }
  }

  private static Verdict verdict(Fault fault) {
    Engine engine = Mutant.of(fault);
    List<Law<Engine, ?>> laws = new ArrayList<>(fault.subject().laws());
    Map<String, Integer> catches = new LinkedHashMap<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      long from = seed;
      Optional<Law<Engine, ?>> first =
          laws.stream().filter(law -> isBroken(law, engine, from, Law.TRIES)).findFirst();
      if (first.isPresent()) {
        catches.merge(fault.subject().contract() + "." + first.get().name(), 1, Integer::sum);
        // What saw it once is asked first from now on.
        laws.remove(first.get());
        laws.addFirst(first.get());
      }
    }
    return new Verdict(fault, catches);
  }

  private static boolean isBroken(Law<Engine, ?> law, Engine engine, long seed, int tries) {
    return law.appliesTo(engine)
        && law.falsify(engine, seed, tries, new Accuracy(law.name())).isPresent();
  }

  /** An operation at a width. */
  private record Control(Subject subject, Fault.Width width) {}

  @Test
  void rightKernelsPass() {
    List<Control> controls =
        FAULTS.stream()
            .map(fault -> new Control(fault.subject(), fault.width()))
            .distinct()
            .toList();
    List<String> broken =
        controls.parallelStream().flatMap(BrokenKernelsTest::brokenByRightKernels).toList();
    assertEquals(List.of(), broken);
  }

  private static Stream<String> brokenByRightKernels(Control control) {
    Engine engine = Mutant.right(control.subject, control.width);
    return control.subject.laws().stream()
        .filter(law -> isBroken(law, engine, 1, RIGHT_TRIES))
        .map(law -> control + " " + law.name());
  }

  @Test
  void theCatalogueIsLargeEnough() {
    Map<Fault.Seen, Integer> counts = new EnumMap<>(Fault.Seen.class);
    FAULTS.forEach(fault -> counts.merge(fault.seen(), 1, Integer::sum));
    System.out.println(FAULTS.size() + " faults: " + counts);
    long narrow =
        FAULTS.stream()
            .filter(fault -> fault.isInVectorCode() && fault.seen() != Fault.Seen.FORMULA)
            .count();
    assertTrue(FAULTS.size() > 150, "faults: " + FAULTS.size());
    FAULTS.stream()
        .collect(Collectors.groupingBy(fault -> fault.subject().contract(), Collectors.counting()))
        .forEach((contract, count) -> assertTrue(count >= 4, contract + ": " + count));
    assertTrue(narrow >= 15, "faults of vector code at a tail, stride, width or block: " + narrow);
  }
}

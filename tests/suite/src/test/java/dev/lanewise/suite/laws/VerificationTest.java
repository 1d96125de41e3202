package dev.lanewise.suite.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.suite.engine.PlainCrossEntropy;
import dev.lanewise.suite.engine.PlainGemm;
import dev.lanewise.testkit.law.Capability;
import dev.lanewise.testkit.law.CrossEntropyEngine;
import dev.lanewise.testkit.law.CrossEntropyLaws;
import dev.lanewise.testkit.law.GemmCase;
import dev.lanewise.testkit.law.GemmEngine;
import dev.lanewise.testkit.law.GemmLaws;
import dev.lanewise.testkit.law.MatrixCase;
import dev.lanewise.testkit.law.Verification;
import dev.lanewise.testkit.law.Verification.Outcome;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Operand;
import dev.lanewise.testkit.operand.Values;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Laws without a framework: findings, shrinking, and what a call must leave alone. */
class VerificationTest {
  private static final GemmCase SMALL =
      new GemmCase(2, 2, 2, 1, 0, Layout.DENSE, Layout.DENSE, Layout.DENSE, Values.ORDINARY, 1);

  private static final PlainGemm RIGHT = new PlainGemm();

  private static Verification verify(GemmEngine engine) {
    return Verification.of(GemmLaws.ALL, engine, 5);
  }

  @Test
  void aRightEngineHoldsAndListsWhatItDoesNotDeclare() {
    Verification verification = verify(RIGHT);
    verification.assertHeld();
    assertEquals(List.of(), verification.findings(Outcome.BROKEN));
    assertEquals(1, verification.findings(Outcome.UNTESTED).size());
    assertTrue(verification.untested().contains(Capability.FUSED_CHAIN));
    assertTrue(verification.toString().contains("untested, as not declared: FUSED_CHAIN"));
    assertTrue(
        Pattern.compile("^HELD product: [1-9][0-9]* elements", Pattern.MULTILINE)
            .matcher(verification.toString())
            .find(),
        verification::toString);
  }

  @Test
  void aBrokenEngineIsShownOnTheSimplestCase() {
    Verification verification =
        verify(
            (alpha, a, b, beta, c) -> {
              RIGHT.gemm(alpha, a, b, beta, c);
              if (a.rows() > 2) {
                c.set(2, 0, 12345);
              }
            });
    AssertionError error = assertThrows(AssertionError.class, verification::assertHeld);
    assertTrue(error.getMessage().contains("new GemmCase(3, 1, "), error::getMessage);
    assertTrue(error.getMessage().contains("BROKEN wholeNumbersAreExact"), error::getMessage);
  }

  @Test
  void aFailureThatDoesNotComeAgainIsKept() {
    int[] calls = {0};
    Verification verification =
        Verification.of(
            List.of(GemmLaws.PRODUCT),
            (GemmEngine)
                (alpha, a, b, beta, c) -> {
                  RIGHT.gemm(alpha, a, b, beta, c);
                  if (calls[0]++ > 0 && calls[0] < 50 && c.rows() > 2 && c.columns() > 2) {
                    c.set(2, 1, Float.NaN);
                    calls[0] = 50;
                  }
                },
            5);
    String text = verification.toString();
    assertTrue(
        text.startsWith("BROKEN product: broken once and not when tried again: new Gemm"), text);
    assertTrue(text.contains("; it was: product: 1 of "), text);
    assertTrue(text.contains("row 2, column 1: expected "), text);
    assertTrue(text.contains("actual NaN"), text);
  }

  @Test
  void aChangedLabelIsShownBeforeAndAfter() {
    CrossEntropyEngine engine =
        new PlainCrossEntropy() {
          @Override
          public float loss(Operand logits, int[] labels) {
            float loss = super.loss(logits, labels);
            labels[1] = 77;
            return loss;
          }
        };
    MatrixCase given = MatrixCase.draw(new Mix(1)).withRows(3).withColumns(5);
    AssertionError error =
        assertThrows(AssertionError.class, () -> CrossEntropyLaws.LOSS.check(engine, given));
    String words = "the labels have changed: label 1 was " + given.labels()[1] + " and is 77; ";
    assertTrue(error.getMessage().contains(words), error::getMessage);
  }

  @Test
  void whatAnEngineThrowsIsAFailureWithItsCase() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                GemmLaws.PRODUCT.check(
                    (alpha, a, b, beta, c) -> {
                      throw new ArithmeticException("nothing divided");
                    },
                    SMALL));
    assertTrue(error.getMessage().contains("nothing divided"), error::getMessage);
    assertTrue(error.getMessage().contains(SMALL.toString()), error::getMessage);
  }

  @Test
  void writingIntoAnInputIsSeen() {
    assertBroken(
        (alpha, a, b, beta, c) -> {
          RIGHT.gemm(alpha, a, b, beta, c);
          b.set(1, 1, -b.get(1, 1));
        },
        "B (2×2 at 0, strides 2 and 1)",
        "it is an input");
  }

  @Test
  void writingAroundTheOutputIsSeen() {
    GemmEngine engine =
        new PlainGemm() {
          @Override
          public void gemm(float alpha, Operand a, Operand b, float beta, Operand c) {
            super.gemm(alpha, a, b, beta, c);
            c.array()[c.offset() + c.columns()] = 3;
          }
        };
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                GemmLaws.PRODUCT.check(
                    engine, SMALL.withLayouts(Layout.DENSE, Layout.DENSE, Layout.PADDED)));
    assertTrue(error.getMessage().contains("it is no element"), error::getMessage);
  }

  private static void assertBroken(GemmEngine engine, String... words) {
    AssertionError error =
        assertThrows(AssertionError.class, () -> GemmLaws.PRODUCT.check(engine, SMALL));
    for (String word : words) {
      assertTrue(error.getMessage().contains(word), error::getMessage);
    }
  }

  /** Every step of shrinking comes nearer to the simplest case, so it ends. */
  @Test
  void simplerCasesAreLessComplex() {
    Mix mix = new Mix(3);
    for (int i = 0; i < 300; i++) {
      GemmCase gemm = GemmCase.draw(mix);
      assertTrue(gemm.simpler().allMatch(c -> c.complexity() < gemm.complexity()), gemm::toString);
      MatrixCase matrix = MatrixCase.draw(mix);
      assertTrue(
          matrix.simpler().allMatch(c -> c.complexity() < matrix.complexity()), matrix::toString);
    }
  }

  /** Small and long extents, every layout and every kind of element turn up. */
  @Test
  void drawnCasesAreOfEveryKind() {
    Mix mix = new Mix(4);
    List<GemmCase> cases = Stream.generate(() -> GemmCase.draw(mix)).limit(500).toList();
    for (Layout layout : Layout.values()) {
      assertTrue(cases.stream().anyMatch(c -> c.a() == layout), layout::toString);
    }
    for (Values values : Values.values()) {
      assertTrue(cases.stream().anyMatch(c -> c.values() == values), values::toString);
    }
    assertTrue(cases.stream().anyMatch(c -> c.m() == 0 || c.n() == 0 || c.k() == 0));
    assertTrue(cases.stream().anyMatch(c -> c.n() > 4096));
    assertTrue(cases.stream().anyMatch(c -> c.n() == 1 && c.k() > 4096));
    assertTrue(cases.stream().anyMatch(c -> c.k() == 257 || c.k() == 255 || c.k() == 256));
  }
}

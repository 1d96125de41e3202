package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.suite.spark.DigitsComparison.Fit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds of {@link DigitsComparison} on a busy machine too; the figures are its main's. */
@Timeout(120)
class DigitsComparisonTest {
  @Test
  void lanewiseLearnsAsMuchInLessTime() {
    Digits.assumePresent();
    try (DigitsComparison digits = new DigitsComparison()) {
      digits.warmUp(1);
      Fit spark = digits.sparks(List.of(50), 128, 1).getFirst();
      List<Fit> ours = digits.ours(List.of(3, 10, 30), 1);
      System.out.printf("UCI digits: Spark's %s; LanewiseClassifier %s%n", spark, ours);
      assertTrue(ours.getLast().accuracy() >= spark.accuracy(), "accuracy");
      Fit asGood = DigitsComparison.asGood(spark, ours);
      assertNotNull(asGood, "none reaches the loss of Spark's");
      assertTrue(spark.seconds() >= 2 * asGood.seconds(), "time");
    }
  }
}

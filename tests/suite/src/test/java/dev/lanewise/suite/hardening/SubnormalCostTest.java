package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.suite.Alone;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Subnormal operands cost no operation more than three times what ordinary ones do, unless they
 * cost the processor about as much in loops without any of our code: of tanh and silu, which divide
 * them, a processor whose division is slow on them makes something.
 */
@Alone
@Soaked
class SubnormalCostTest {
  private static final double LIMIT = 3;

  /** A loaded machine in each build; figures to rely on in the long run. */
  private static final double MARGIN = Soak.LONG ? 1 : 4;

  @Test
  void noOperationIsMuchSlower() {
    Map<String, Double> quotients = SubnormalCost.quotients(Soak.of(400, 4000));
    double loops =
        Math.max(
            quotients.get(SubnormalCost.MULTIPLY_ADDS), quotients.get(SubnormalCost.DIVISIONS));
    StringBuilder table = new StringBuilder("time with subnormal numbers / with ordinary ones:\n");
    StringBuilder slow = new StringBuilder();
    quotients.forEach(
        (name, quotient) -> {
          String line = "  %-28s %5.2f%n".formatted(name, quotient);
          table.append(line);
          if (quotient > MARGIN * Math.max(LIMIT, 1.5 * loops)) {
            slow.append(line);
          }
        });
    System.out.print(table);
    Soak.report("cost of subnormal numbers", quotients.size());
    assertTrue(slow.isEmpty(), "slower than %.0f times:%n%s".formatted(MARGIN * LIMIT, slow));
  }
}

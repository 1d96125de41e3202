package dev.lanewise.testkit.contract;

import dev.lanewise.testkit.internal.Checks;
import dev.lanewise.testkit.law.Case;
import dev.lanewise.testkit.operand.Mix;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/** Cases as arbitraries of jqwik, which shrink to {@linkplain Case#simpler() simpler} ones. */
public final class Cases {
  private record Drawn<C extends Case<C>>(C value) implements Shrinkable<C> {
    @Override
    public Stream<Shrinkable<C>> shrink() {
      return value.simpler().map(Drawn::new);
    }

    @Override
    public ShrinkingDistance distance() {
      return ShrinkingDistance.of(value.complexity());
    }
  }

  private Cases() {}

  /**
   * Cases of a kind.
   *
   * @param <C> the type of case
   * @param draw how one is drawn, such as {@code GemmCase::draw}
   * @return an arbitrary without edge cases
   */
  public static <C extends Case<C>> Arbitrary<C> of(Function<Mix, C> draw) {
    Checks.notNull("Cases", "draw", draw);
    return Arbitraries.fromGenerator(random -> new Drawn<>(draw.apply(new Mix(random.nextLong()))));
  }
}

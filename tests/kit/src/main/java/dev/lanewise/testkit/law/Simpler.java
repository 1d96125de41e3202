package dev.lanewise.testkit.law;

import dev.lanewise.testkit.operand.Mix;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How the parts of a case are drawn, and what is simpler than each. */
final class Simpler {
  private static final int FEW = 40;

  private Simpler() {}

  /** An extent: small ones, those around multiples of powers of two, and any. */
  static int extent(Mix mix, int max) {
    return switch (mix.below(8)) {
      case 0 -> Math.min(mix.below(3), max);
      case 1, 2, 3, 4 -> 1 + mix.below(Math.min(FEW, max));
      case 5, 6 -> around(mix, 4, max);
      default -> 1 + mix.below(max);
    };
  }

  /** A long extent: any, or around a multiple of a power of two. */
  static int longExtent(Mix mix, int max) {
    return mix.below(3) == 0 ? around(mix, 64, max) : 1 + mix.below(max);
  }

  private static int around(Mix mix, int least, int max) {
    int power = least << mix.below(8);
    int near = power * (1 + mix.below(3)) + mix.below(3) - 1;
    return near <= max ? near : 1 + mix.below(max);
  }

  /** Smaller extents, from 0 on. */
  static <C> Stream<C> extents(int extent, IntFunction<C> with) {
    return IntStream.of(0, 1, 2, extent / 2, extent - extent / 4, extent - 1)
        .filter(smaller -> smaller >= 0 && smaller < extent)
        .distinct()
        .sorted()
        .mapToObj(with);
  }

  /** The constants before this one. */
  static <V extends Enum<V>, C> Stream<C> constants(V value, Function<V, C> with) {
    return Arrays.stream(value.getDeclaringClass().getEnumConstants())
        .limit(value.ordinal())
        .map(with);
  }
}

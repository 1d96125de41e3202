package dev.lanewise.bench.jmh;

import dev.lanewise.bench.peer.Peer;
import dev.lanewise.kernels.Lanes;
import java.util.Arrays;
import java.util.Optional;

/** What a benchmark method measures, as its name says; in the order in which tables show them. */
public enum Implementation {
  /** The loop that a competent person writes first, on flat arrays. */
  NAIVE("naive", null),
  /**
   * The best plain Java that we know C2 to vectorise, on an array per row where that is what it
   * takes; absent where the naive loop is it already, where C2 vectorises no form that we know, and
   * for batches and epilogues too.
   */
  AUTOVEC("autovec", null),
  /** The call of {@link #LANEWISE} in a JVM that runs the definitions. */
  SCALAR("scalar", Lanes.Implementation.SCALAR),
  /** Our operations one after the other, where {@link #LANEWISE} is a fused one. */
  SEPARATE("separate", Lanes.Implementation.VECTOR),
  /** The public operation with the Vector API at the full width. */
  LANEWISE("lanewise", Lanes.Implementation.VECTOR),
  /** The same on the threads of {@code -Dlanewise.bench.threads}. */
  LANEWISE_PARALLEL("lanewiseParallel", Lanes.Implementation.VECTOR),
  /** {@link #LANEWISE} with one operand packed beforehand, which is held against no other. */
  LANEWISE_PACKED("lanewisePacked", Lanes.Implementation.VECTOR),
  /**
   * Another library, such as {@code openblas}, {@code mklParallel} or {@code svml}: a {@link Peer},
   * on one thread or, if the name ends in {@code Parallel}, on those of {@code
   * -Dlanewise.bench.threads}, by default all processors.
   */
  PEER("", null),
  /** A yardstick: {@code System.arraycopy} of a matrix of the same shape; to calibrate, a loop. */
  COPY("copy", null),
  /** A yardstick: multiply-adds in registers. */
  PEAK("peak", Lanes.Implementation.VECTOR),
  /** A yardstick: a sum. */
  READ("read", Lanes.Implementation.VECTOR),
  /** A yardstick: a sum and a product. */
  TRIAD("triad", Lanes.Implementation.VECTOR),
  /** A yardstick: the same in place. */
  UPDATE("update", Lanes.Implementation.VECTOR);

  private final String method;
  private final Lanes.Implementation code;

  Implementation(String method, Lanes.Implementation code) {
    this.method = method;
    this.code = code;
  }

  /**
   * The implementation that a benchmark method measures.
   *
   * @param method the method's name
   * @return the one of that name, else {@link #PEER}
   */
  public static Implementation of(String method) {
    return Arrays.stream(values())
        .filter(implementation -> implementation.method.equals(method))
        .findFirst()
        .orElse(PEER);
  }

  /**
   * The name of the benchmark methods that measure it.
   *
   * @return the name; empty for {@link #PEER}, which has many
   */
  public String method() {
    return method;
  }

  /**
   * What Lanewise must run in the JVM that measures it.
   *
   * @return vector or scalar code; nothing if it is no code of ours
   */
  public Optional<Lanes.Implementation> code() {
    return Optional.ofNullable(code);
  }

  /**
   * Whether it measures the machine, and does not do the operation.
   *
   * @return whether it does
   */
  public boolean isYardstick() {
    return switch (this) {
      case COPY, PEAK, READ, TRIAD, UPDATE -> true;
      default -> false;
    };
  }
}

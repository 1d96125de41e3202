package dev.lanewise.testkit.law;

import dev.lanewise.testkit.internal.Checks;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an engine promises beyond the plain operation on dense row-major operands of ordinary
 * numbers. What is not declared is not tested, and listed as untested.
 */
public enum Capability {
  /** Operands may begin anywhere in their arrays. */
  OFFSETS("operands inside longer arrays"),
  /** Rows may lie further apart than they are long, and begin anywhere in their arrays. */
  LEADING_DIMENSION("rows with gaps between them"),
  /** Operands may be column-major. */
  COLUMN_MAJOR("column-major operands"),
  /**
   * Elements of a row may lie apart, or columns further apart than they are long, beginning
   * anywhere in their arrays.
   */
  STRIDES("any positive strides"),
  /** Inputs may have strides of 0, and begin anywhere in their arrays. */
  BROADCAST("strides of 0 in inputs"),
  /** Extents may be 0. */
  EMPTY("extents of 0"),
  /** The output may be the input. */
  IN_PLACE("output in place of the input"),
  /** A factor of the product other than 1; with 0 neither A nor B counts, as in the BLAS. */
  ALPHA("a factor of the product other than 1"),
  /** A factor of the old result other than 0. */
  BETA("a factor of the old result other than 0"),
  /**
   * One chain of fused multiply-adds in order of k for each element: c = beta·C or +0, then c =
   * fma(alpha·a, b, c). A single column is left out.
   */
  FUSED_CHAIN("the bits of one chain of fused multiply-adds"),
  /** NaN and infinities give what IEEE arithmetic gives for the formula. */
  NON_FINITE("NaN and infinities in the input"),
  /** Logits of minus infinity give the probability 0. */
  MASKS("logits of minus infinity"),
  /** Numbers below the smallest normal one are kept, not flushed to zero. */
  SUBNORMALS("subnormal numbers"),
  /** Data whose mean is 10^4 times its deviation. */
  ILL_CONDITIONED("data far from 0 and close together"),
  /** The logarithm of the result, computed without going through the result. */
  LOGARITHM("the logarithm of softmax"),
  /** A target distribution for each row instead of a label. */
  DISTRIBUTIONS("distributions as targets"),
  /** The gradient. */
  BACKWARD("the backward pass"),
  /** Normalisation with given statistics. */
  INFERENCE("inference with given statistics"),
  /** The same bits for any number of threads. */
  THREADS("the same bits for any number of threads"),
  /** The same bits for a row whatever the other rows are, and however many. */
  BATCHES("the same bits for a row alone and in a batch"),
  /** The same bits in whatever layout the operands lie. */
  LAYOUTS("the same bits in every layout"),
  /** The same bits when several threads call at once. */
  CONCURRENT_CALLS("the same bits in concurrent calls");

  private final String description;

  Capability(String description) {
    this.description = description;
  }

  /**
   * The capabilities of every layout, from {@link #OFFSETS} to {@link #BROADCAST}, and more.
   *
   * @param more any number
   * @return a new set
   */
  public static Set<Capability> everyLayoutAnd(Capability... more) {
    Set<Capability> all = EnumSet.of(OFFSETS, LEADING_DIMENSION, COLUMN_MAJOR, STRIDES, BROADCAST);
    for (Capability capability : Checks.notNull("Capability", "more", more)) {
      all.add(Checks.notNull("Capability", "one of more", capability));
    }
    return all;
  }

  /**
   * Capabilities with what they are, for messages.
   *
   * @param capabilities any number
   * @return separated by commas
   */
  public static String list(Set<Capability> capabilities) {
    return Checks.notNull("Capability", "capabilities", capabilities).stream()
        .sorted()
        .map(capability -> capability + " (" + capability.description + ")")
        .collect(Collectors.joining(", "));
  }
}

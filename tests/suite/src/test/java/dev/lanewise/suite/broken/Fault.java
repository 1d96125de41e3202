package dev.lanewise.suite.broken;

/**
 * One edit that breaks a kernel.
 *
 * @param name what is wrong, in a few words
 * @param subject the operation that it breaks
 * @param seen where alone it can be seen
 * @param width the width of the vectors that it runs with
 * @param source the class that is edited, as a path below the sources of the kernels or the suite
 * @param from what stands there, once
 * @param to what stands there after the edit
 */
record Fault(
    String name, Subject subject, Seen seen, Width width, String source, String from, String to) {

  /** Where alone a fault can be seen. */
  enum Seen {
    /** In the formula: almost anywhere. */
    FORMULA,
    /** At the last elements, which fill no vector, group or tile. */
    TAIL,
    /** In operands that are not dense. */
    STRIDE,
    /** At one width of the vectors. */
    WIDTH,
    /** Where one block meets the next. */
    BLOCK,
    /** Where the part of one thread meets the next one's. */
    THREAD
  }

  /** What the kernel runs with. */
  enum Width {
    /** All that the hardware has. */
    NATIVE(""),
    /** Vectors of 128 bits. */
    BITS_128("128"),
    /** No vectors. */
    SCALAR("");

    private final String bits;

    Width(String bits) {
      this.bits = bits;
    }

    /** What {@code lanewise.bits} is. */
    String bits() {
      return bits;
    }

    /** What {@code lanewise.impl} is. */
    String implementation() {
      return this == SCALAR ? "scalar" : "vector";
    }
  }

  /** Whether vector code is edited. */
  boolean isInVectorCode() {
    return source.contains("/vector/");
  }

  @Override
  public String toString() {
    return subject + ", " + name;
  }
}

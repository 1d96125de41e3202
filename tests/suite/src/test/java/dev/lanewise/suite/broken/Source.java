package dev.lanewise.suite.broken;

import dev.lanewise.suite.broken.Fault.Seen;
import dev.lanewise.suite.broken.Fault.Width;

/**
 * A source file in which faults of one operation are made.
 *
 * @param subject the operation
 * @param path the file, below the sources of the kernels or the suite
 */
record Source(Subject subject, String path) {
  private static final String INTERNAL = "dev/lanewise/kernels/internal/";

  /** A class of the vector code. */
  static Source vector(Subject subject, String type) {
    return new Source(subject, INTERNAL + "vector/" + type + ".java");
  }

  /** A class of the definitions. */
  static Source scalar(Subject subject, String type) {
    return new Source(subject, INTERNAL + "scalar/" + type + ".java");
  }

  /** A class of the face. */
  static Source face(Subject subject, String type) {
    return new Source(subject, "dev/lanewise/kernels/" + type + ".java");
  }

  /** The adapter that is an engine itself. */
  static Source engine(Subject subject) {
    return new Source(subject, "dev/lanewise/suite/engine/" + subject.adapter() + ".java");
  }

  /** A fault of the formula. */
  Fault formula(String name, String from, String to) {
    return fault(name, Seen.FORMULA, Width.NATIVE, from, to);
  }

  /** A fault of the last elements. */
  Fault tail(String name, String from, String to) {
    return fault(name, Seen.TAIL, Width.NATIVE, from, to);
  }

  /** A fault with operands that are not dense. */
  Fault stride(String name, String from, String to) {
    return fault(name, Seen.STRIDE, Width.NATIVE, from, to);
  }

  /** A fault where blocks meet. */
  Fault block(String name, String from, String to) {
    return fault(name, Seen.BLOCK, Width.NATIVE, from, to);
  }

  /** A fault where the parts of threads meet. */
  Fault thread(String name, String from, String to) {
    return fault(name, Seen.THREAD, Width.NATIVE, from, to);
  }

  /** A fault of vectors of 128 bits, run with these. */
  Fault at128Bits(String name, String from, String to) {
    return fault(name, Seen.WIDTH, Width.BITS_128, from, to);
  }

  /** A fault of the formula, run without vectors. */
  Fault withoutVectors(String name, String from, String to) {
    return fault(name, Seen.FORMULA, Width.SCALAR, from, to);
  }

  private Fault fault(String name, Seen seen, Width width, String from, String to) {
    return new Fault(name, subject, seen, width, path, from, to);
  }
}

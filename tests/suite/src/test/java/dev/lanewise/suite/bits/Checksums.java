package dev.lanewise.suite.bits;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.testkit.Checksum;
import dev.lanewise.testkit.operand.Layout;
import dev.lanewise.testkit.operand.Mix;
import dev.lanewise.testkit.operand.Values;
import java.util.Arrays;
import java.util.List;

/** Checksums of every operation on fixed inputs: the same in every process on every machine. */
public final class Checksums {
  private static final List<Layout> LAYOUTS = List.of(Layout.DENSE, Layout.PADDED, Layout.INSIDE);

  private Checksums() {}

  /** A line per operation: its checksum and its name. */
  public static String table() {
    return table(75, 43, 267, 11);
  }

  /** The same on matrices of m×n, and of products over k. */
  public static String table(int m, int n, int k, long seed) {
    StringBuilder table = new StringBuilder();
    for (Subject subject : Subjects.all(m, n, k, seed)) {
      FloatMatrix[] operands = subject.create(LAYOUTS, Values.ORDINARY, new Mix(7));
      subject.operation().run(operands);
      int checksum =
          Checksum.of(Arrays.stream(operands).map(FloatMatrix::array).toArray(float[][]::new));
      table.append(Checksum.hex(checksum)).append("  ").append(subject.name()).append('\n');
    }
    return table.toString();
  }
}

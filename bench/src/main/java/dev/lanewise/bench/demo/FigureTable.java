package dev.lanewise.bench.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The figures of a pass as a table in text.
 *
 * @param peak the multiply-add peak in GFLOP/s
 * @param copyNanos nanoseconds of a copy, by the number of elements copied
 * @param rows the operations
 */
public record FigureTable(double peak, Map<Long, Double> copyNanos, List<Row> rows) {
  private static final List<String> HEADER =
      List.of(
          "operation",
          "shape",
          "naive",
          "autovec",
          "scalar",
          "lanewise",
          "speed-up",
          "rate",
          "of yardstick");

  /** Copies its arguments. */
  public FigureTable {
    copyNanos = Map.copyOf(copyNanos);
    rows = List.copyOf(rows);
  }

  /**
   * One operation.
   *
   * @param operation which
   * @param nanos nanoseconds per call, by implementation
   */
  public record Row(Operation operation, Map<String, Double> nanos) {
    /** Copies its arguments. */
    public Row {
      nanos = Map.copyOf(nanos);
    }

    /**
     * How many times as fast as the naive loop the kernel is.
     *
     * @return below 1 where it is slower
     */
    public double speedUp() {
      return nanos.get("naive") / nanos.get("lanewise");
    }

    /**
     * What the kernel gets done.
     *
     * @return GFLOP/s or GB/s, by the operation's unit
     */
    public double rate() {
      return operation.work(operation.shape()) / nanos.get("lanewise");
    }
  }

  /**
   * The kernel's rate as a share of the yardstick's: of the multiply-add peak, or of the bandwidth
   * of a copy of a matrix of the same size, which reads and writes each element once.
   *
   * @param row the operation
   * @return the share, 1 for the yardstick itself
   */
  public double share(Row row) {
    return row.rate()
        / switch (row.operation().unit()) {
          case FLOP -> peak;
          case BYTE -> copyBandwidth(row.operation().shape().size());
        };
  }

  private double copyBandwidth(long elements) {
    return 2.0 * Float.BYTES * elements / copyNanos.get(elements);
  }

  /**
   * The table and what its columns mean.
   *
   * @return lines of text
   */
  public String format() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    for (Row row : rows) {
      lines.add(cells(row));
    }
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        String alignment = column < 2 ? "-" : "";
        text.append(("%" + alignment + widths[column] + "s  ").formatted(line.get(column)));
      }
      text.setLength(text.toString().stripTrailing().length());
      text.append('\n');
    }
    return text.append('\n').append(legend()).toString();
  }

  private List<String> cells(Row row) {
    Operation operation = row.operation();
    boolean flop = operation.unit() == Operation.Unit.FLOP;
    return List.of(
        operation.title(),
        operation.shape().toString(),
        micros(row, "naive"),
        micros(row, "autovec"),
        micros(row, "scalar"),
        micros(row, "lanewise"),
        String.format(Locale.ROOT, "%.2f", row.speedUp()),
        String.format(Locale.ROOT, "%.1f %s", row.rate(), flop ? "GFLOP/s" : "GB/s"),
        String.format(Locale.ROOT, "%.0f %% of %s", 100 * share(row), flop ? "peak" : "copy"));
  }

  private static String micros(Row row, String implementation) {
    Double nanos = row.nanos().get(implementation);
    return nanos == null ? "-" : String.format(Locale.ROOT, "%.1f", nanos / 1000);
  }

  private String legend() {
    StringBuilder text = new StringBuilder();
    text.append(
        "Microseconds per call on one thread, the fastest of "
            + QuickPass.ITERATIONS
            + " short iterations;\nautovec \"-\": naive is vectorised already.\n");
    text.append("speed-up is naive / lanewise; rate is what lanewise does, each operand counted\n");
    text.append("once: 2 flop per multiply-add, or 4 bytes per element read or written.\n");
    text.append(String.format(Locale.ROOT, "Yardsticks: multiply-add peak %.1f GFLOP/s", peak));
    copyNanos.keySet().stream()
        .sorted()
        .forEach(
            elements ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "; copy of %d floats %.1f GB/s",
                        elements,
                        copyBandwidth(elements))));
    return text.append(".\n").toString();
  }
}

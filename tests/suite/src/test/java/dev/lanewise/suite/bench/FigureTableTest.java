package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.demo.FigureTable;
import dev.lanewise.bench.demo.FigureTable.Row;
import dev.lanewise.bench.demo.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTableTest {
  private static final double PEAK = 100;

  /** 2·512³ = 268435456 flop. */
  private static final Row GEMM =
      new Row(
          Operation.GEMM,
          Map.of("naive", 2e8, "autovec", 1e7, "scalar", 1e8, "lanewise", 268435456 / 80.0));

  /** 2·4·256·1024 = 2097152 bytes; slower than the naive loop. */
  private static final Row RELU =
      new Row(
          Operation.RELU,
          Map.of("naive", 2097152 / 50.0, "scalar", 1e6, "lanewise", 2097152 / 40.0));

  /** The copy of as many floats reads and writes as many bytes, at 80 GB/s. */
  private static final FigureTable TABLE =
      new FigureTable(PEAK, Map.of(262144L, 2097152 / 80.0), List.of(GEMM, RELU));

  @Test
  void aProductIsHeldAgainstThePeak() {
    assertEquals(80, GEMM.rate(), 1e-9);
    assertEquals(0.8, TABLE.share(GEMM), 1e-12);
    assertEquals(2e8 / (268435456 / 80.0), GEMM.speedUp(), 1e-9);
  }

  @Test
  void whatMovesMemoryIsHeldAgainstACopyOfTheSameSize() {
    assertEquals(40, RELU.rate(), 1e-9);
    assertEquals(40.0 / 80, TABLE.share(RELU), 1e-12);
    assertEquals(0.8, RELU.speedUp(), 1e-12);
  }

  @Test
  void theTableShowsEachFigureAndADashForNone() {
    List<String> lines = TABLE.format().lines().toList();
    assertEquals(
        "gemm 512x512x512 200000.0 10000.0 100000.0 3355.4 59.60 80.0 GFLOP/s 80 % of peak",
        squeeze(lines.get(1)));
    assertEquals(
        "relu 256x1024 41.9 - 1000.0 52.4 0.80 40.0 GB/s 50 % of copy", squeeze(lines.get(2)));
    assertTrue(TABLE.format().contains("multiply-add peak 100.0 GFLOP/s"), TABLE.format());
    assertTrue(TABLE.format().contains("copy of 262144 floats 80.0 GB/s"), TABLE.format());
  }

  private static String squeeze(String line) {
    return line.replaceAll(" +", " ");
  }
}

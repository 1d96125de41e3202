package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.report.FigureTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTableTest {
  @Test
  void aRowForEachOperationShapeAndNumberOfThreads() {
    String table =
        FigureTable.format(
            new SampleResults(5, 1)
                .noise(0)
                .calibration()
                .add(Operation.RELU, "256x1024", "naive", 60_000)
                .add(Operation.RELU, "256x1024", "lanewise", 30_000)
                .add(Operation.GEMM, "512x512x512", "lanewise", 3_000_000)
                .add(Operation.GEMM, "512x512x512", "mkl", 4_000_000)
                .add(Operation.GEMM, "512x512x512", "openblas", 3_500_000)
                .add(Operation.GEMM, "512x512x512", "lanewiseParallel", 1_500_000)
                .failure("x", "y")
                .results());
    List<String> lines = table.lines().map(line -> line.replaceAll(" {2,}", " | ")).toList();
    assertEquals(
        List.of(
            "operation | shape | naive | autovec | scalar | lanewise | best peer | speed-up | speed"
                + " | of roof",
            "gemm | 512x512x512 | - | - | - | 3000 | openblas 3500 | - | 89.5 GFLOP/s | 78 %",
            "gemm, threads: 2 | 512x512x512 | - | - | - | 1500 | - | - | 179 GFLOP/s | -",
            "relu | 256x1024 | 60 | - | - | 30 | - | 2 | 69.9 GB/s | 70 %"),
        lines.subList(0, 4));
    assertTrue(table.contains("medians of 5 rounds") && table.contains("Failed: 1"), table);
    assertTrue(table.contains("Multiply-add peak: 115 GFLOP/s"), table);
  }

  @Test
  void oneRoundSaysSo() {
    String table = FigureTable.format(new SampleResults(1, 1).quick().results());
    assertTrue(table.contains("the median of the iterations of one round"), table);
  }
}

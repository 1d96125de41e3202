package dev.lanewise.suite.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Work;
import dev.lanewise.bench.result.Figure;
import dev.lanewise.bench.result.Figures;
import dev.lanewise.bench.result.Measurement;
import dev.lanewise.bench.result.Roofs;
import dev.lanewise.bench.result.Variant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoofsTest {
  private static final long L1 = 16 << 10;
  private static final long L2 = 512 << 10;
  private static final long MEMORY = 128 << 20;

  private static final Roofs ROOFS =
      Roofs.of(
          Measured.results(
              Measured.peak(256, 1, 90),
              Measured.peak(512, 1, 100),
              Measured.peak(512, 4, 360),
              Measured.bandwidth("read", L1, 1, 200),
              Measured.bandwidth("triad", L1, 1, 250),
              Measured.bandwidth("copy", L2, 1, 80),
              Measured.bandwidth("copy", MEMORY, 1, 20),
              Measured.bandwidth("copy", L2, 4, 90),
              Measured.bandwidth("copy", MEMORY / 4, 4, 25)));

  private static Work work(long flops, long bytes, long workingSet) {
    return new Work(flops, bytes, workingSet);
  }

  @Test
  void thePeakIsThatOfTheFastestWidth() {
    assertEquals(100, ROOFS.peak(1).orElseThrow(), 1e-9);
    assertEquals(360, ROOFS.peak(4).orElseThrow(), 1e-9);
    assertEquals(OptionalDouble.empty(), ROOFS.peak(2));
  }

  /** What is larger than half a cache may still lie in it. */
  @Test
  void theBandwidthIsThatOfTheLargestSizeThatIsNotLarger() {
    assertEquals(250, ROOFS.bandwidth(1000, 1).orElseThrow(), 1e-9);
    assertEquals(250, ROOFS.bandwidth(L2 - 1, 1).orElseThrow(), 1e-9);
    assertEquals(80, ROOFS.bandwidth(L2, 1).orElseThrow(), 1e-9);
    assertEquals(80, ROOFS.bandwidth(MEMORY - 1, 1).orElseThrow(), 1e-9);
    assertEquals(20, ROOFS.bandwidth(MEMORY, 1).orElseThrow(), 1e-9);
    assertEquals(25, ROOFS.bandwidth(MEMORY, 4).orElseThrow(), 1e-9);
    assertEquals(90, ROOFS.bandwidth(MEMORY - 4, 4).orElseThrow(), 1e-9);
    assertEquals(OptionalDouble.empty(), ROOFS.bandwidth(MEMORY, 2));
  }

  /** A larger size that is faster, as in a cache with a better neighbour, raises the roof. */
  @Test
  void noLargerSizeIsAboveTheRoof() {
    Roofs roofs =
        Roofs.of(
            Measured.results(
                Measured.bandwidth("copy", L1, 1, 50), Measured.bandwidth("copy", L2, 1, 80)));
    assertEquals(80, roofs.bandwidth(L1, 1).orElseThrow(), 1e-9);
  }

  @Test
  void theLeastTimeIsThatOfTheNarrowerPath() {
    assertEquals(10, ROOFS.nanos(work(1000, 8, 8), 1).orElseThrow(), 1e-9);
    assertEquals(4, ROOFS.nanos(work(8, 1000, 1000), 1).orElseThrow(), 1e-9);
    assertEquals(OptionalDouble.empty(), ROOFS.nanos(work(8, 1000, 1000), 2));
  }

  @Test
  void thePeakOfDoublesIsHalfOfThatOfFloats() {
    Work doubles = new Work(1000, 8, 8, 2);
    assertEquals(50, ROOFS.peak(doubles, 1).orElseThrow(), 1e-9);
    assertEquals(20, ROOFS.nanos(doubles, 1).orElseThrow(), 1e-9);
    assertEquals(OptionalDouble.empty(), ROOFS.peak(doubles, 2));
    double[] nanos = {80};
    Map<String, String> shape = Map.of("shape", "10x10x10");
    Figure gemm =
        Figures.of(Measured.results(Measured.of("GemmDoubleBenchmark", "lanewise", shape, nanos)))
            .all()
            .getFirst();
    assertEquals(0.5, gemm.shareOf(ROOFS).orElseThrow(), 1e-9);
  }

  /** What is packed beforehand is a figure, but nothing that the kernel is held against. */
  @Test
  void whatIsPreparedIsNeitherAPeerNorComparedWith() {
    Map<String, String> shape = Map.of("shape", "2x3x4");
    double[] nanos = {48};
    Figures figures =
        Figures.of(
            Measured.results(
                Measured.of("GemmBenchmark", "lanewisePacked", shape, nanos),
                Measured.of("GemmBenchmark", "lanewise", shape, nanos),
                Measured.of("GemmBenchmark", "naive", shape, nanos)));
    assertEquals(
        List.of("naive"),
        figures.speedUps().stream().map(s -> s.other().implementation()).toList());
    assertFalse(figures.all().getLast().isPeer());
    assertTrue(figures.all().getLast().isPrepared());
  }

  /** ReLU of 64x100: 12800 floats, 51200 bytes, at most 250 GB/s: at least 204.8 ns. */
  @Test
  void aPointAboveTheRoofIsSeen() {
    Map<String, String> shape = Map.of("shape", "64x100");
    List<Figure> figures =
        Figures.of(
                Measured.results(
                    Measured.of("ReluBenchmark", "lanewise", shape, new double[] {409.6}),
                    Measured.of("ReluBenchmark", "naive", shape, new double[] {204})))
            .all();
    assertEquals(
        List.of("naive", "lanewise"), figures.stream().map(Figure::implementation).toList());
    assertEquals(0.5, figures.getLast().shareOf(ROOFS).orElseThrow(), 1e-9);
    assertFalse(figures.getLast().isAbove(ROOFS));
    assertTrue(figures.getFirst().isAbove(ROOFS));
    assertEquals(125, figures.getLast().speed().median(), 1e-9);
  }

  /** A copy moves one matrix twice, whatever the operation moves: 64x100 floats, 51200 bytes. */
  @Test
  void aCopyHasItsOwnWork() {
    Map<String, String> shape = Map.of("shape", "64x100");
    double[] nanos = {512};
    Figure copy =
        Figures.of(
                Measured.results(Measured.of("BatchNormBackwardBenchmark", "copy", shape, nanos)))
            .all()
            .getFirst();
    assertEquals(new Work(0, 51200, 51200), copy.work());
    assertEquals(100, copy.speed().median(), 1e-9);
    assertEquals(0.4, copy.shareOf(ROOFS).orElseThrow(), 1e-9);
  }

  @Test
  void figuresAreOfOperationsAloneAndParallelOnesOfAllThreads() {
    Map<String, String> small = Map.of("shape", "2x3x4");
    Map<String, String> large = Map.of("shape", "20x30x40");
    double[] nanos = {48};
    Measurement parallel = Measured.of("GemmBenchmark", "openblasParallel", small, nanos);
    Figures figures =
        Figures.of(
            Measured.results(
                Measured.peak(512, 1, 100),
                Measured.of("GemmBenchmark", "lanewise", large, nanos),
                parallel,
                Measured.of("GemmBenchmark", "lanewise", small, nanos)));
    Variant gemm = new Variant(Operation.GEMM, new TreeMap<>());
    assertEquals(3, figures.all().size());
    assertEquals(
        List.of("2x3x4", "20x30x40"), figures.shapes(gemm).stream().map(Object::toString).toList());
    Figure peer = figures.at(gemm, Operation.GEMM.parse("2x3x4")).getLast();
    assertEquals("openblasParallel", peer.implementation());
    assertEquals(4, peer.threads());
    assertEquals(1, peer.speed().median(), 1e-9);
    assertEquals(1, figures.all().getLast().threads());
  }
}

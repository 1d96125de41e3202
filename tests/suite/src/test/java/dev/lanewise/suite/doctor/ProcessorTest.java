package dev.lanewise.suite.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.machine.Processor;
import dev.lanewise.bench.machine.Processor.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processor from folders as Linux has them. */
class ProcessorTest {
  @TempDir Path root;

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private void cache(int index, String level, String type, String size, String sharedBy)
      throws IOException {
    String folder = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
    write(folder + "level", level + "\n");
    write(folder + "type", type + "\n");
    write(folder + "size", size + "\n");
    write(folder + "shared_cpu_list", sharedBy + "\n");
  }

  @Test
  void anX86() throws IOException {
    String core = "processor\t: 0\nmodel name\t: A Fast One\nflags\t\t: fpu sse2 avx2\n\n";
    write("proc/cpuinfo", core + core);
    cache(0, "1", "Data", "32K", "0,4");
    cache(1, "1", "Instruction", "64K", "0,4");
    cache(2, "2", "Unified", "1024K", "0");
    cache(3, "3", "Unified", "32768K", "0-3,8-11");
    Processor processor = Processor.read(root);
    assertEquals("A Fast One", processor.model());
    assertEquals(2, processor.cores());
    assertEquals(List.of("fpu", "sse2", "avx2"), processor.features());
    assertEquals(
        List.of(new Cache(1, 32 << 10, 2), new Cache(2, 1 << 20, 1), new Cache(3, 32 << 20, 8)),
        processor.caches());
  }

  @Test
  void anAArch64HasFeaturesAndNoName() throws IOException {
    write(
        "proc/cpuinfo",
        "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd sve\nCPU part\t: 0xd40\n");
    Processor processor = Processor.read(root);
    assertEquals(System.getProperty("os.arch"), processor.model());
    assertEquals(List.of("fp", "asimd", "sve"), processor.features());
    assertEquals(1, processor.cores());
  }

  @ParameterizedTest
  @CsvSource({"150000 100000, 1.5", "max 100000, 0", "50000 100000, 0.5"})
  void theQuotaOfVersion2(String max, double quota) throws IOException {
    write("sys/fs/cgroup/cpu.max", max + "\n");
    assertEquals(quota, Processor.read(root).quota());
  }

  @ParameterizedTest
  @CsvSource({"250000, 2.5", "-1, 0"})
  void theQuotaOfVersion1(String max, double quota) throws IOException {
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", max + "\n");
    write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
    assertEquals(quota, Processor.read(root).quota());
  }

  @Test
  void nothingThere() {
    Processor processor = Processor.read(root);
    assertEquals(System.getProperty("os.arch"), processor.model());
    assertEquals(0, processor.cores());
    assertEquals(0, processor.quota());
    assertEquals(List.of(), processor.features());
    assertEquals(List.of(), processor.caches());
    assertTrue(processor.available() > 0);
  }

  /** As in some virtual machines and sandboxes. */
  @Test
  void cachesWithoutLevelOrSharing() throws IOException {
    write("sys/devices/system/cpu/cpu0/cache/index0/size", "48K\n");
    write("sys/devices/system/cpu/cpu0/cache/index1/size", "512K\n");
    write("sys/devices/system/cpu/cpu0/cache/index1/level", "2\n");
    assertEquals(List.of(new Cache(2, 512 << 10, 0)), Processor.read(root).caches());
  }
}

package dev.lanewise.suite.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernels.internal.Chooser.Choice;
import dev.lanewise.kernels.internal.Chooser.Machine;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to a choice, on machines that are not there. */
class ChooserTest {
  /** A good machine, which a test spoils. */
  private static final class Fake extends Machine {
    boolean module = true;
    String name = "OpenJDK 64-Bit Server VM";
    String info = "mixed mode, sharing";
    String arch = "amd64";
    int bits = 256;
    boolean fma = true;

    @Override
    public boolean hasModule() {
      return module;
    }

    @Override
    public String vmName() {
      return name;
    }

    @Override
    public String vmInfo() {
      return info;
    }

    @Override
    public String arch() {
      return arch;
    }

    @Override
    public int bits() {
      assertTrue(module, "without the module no vector class may be asked");
      return bits;
    }

    @Override
    public boolean hasFma() {
      return fma;
    }
  }

  private final Fake machine = new Fake();

  private Choice choose(String impl, String bits) {
    return Choice.of(key -> key.equals("lanewise.impl") ? impl : bits(key, bits), machine);
  }

  private static String bits(String key, String bits) {
    assertEquals("lanewise.bits", key);
    return bits;
  }

  private static void assertVector(Choice choice, int bits, int registers, boolean warn) {
    assertNull(choice.failure(), choice.toString());
    assertEquals(bits, choice.bits());
    assertEquals(registers, choice.registers());
    assertEquals(warn, choice.warn());
  }

  private static void assertScalar(Choice choice, boolean warn, String... words) {
    assertNull(choice.failure(), choice.toString());
    assertEquals(0, choice.bits());
    assertEquals(0, choice.registers());
    assertEquals(warn, choice.warn());
    assertWords(choice.reason(), words);
  }

  private static void assertFailed(Choice choice, String... words) {
    assertNotNull(choice.failure());
    assertEquals(0, choice.bits());
    assertWords(choice.failure(), words);
  }

  private static void assertWords(String text, String... words) {
    assertFalse(text.contains("\n"), text);
    for (String word : words) {
      assertTrue(text.contains(word), () -> "no '" + word + "' in: " + text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, 128, 128, 16",
    "amd64, 256, 256, 16",
    "amd64, 512, 512, 32",
    "aarch64, 128, 128, 32",
    "aarch64, 256, 256, 32",
    "aarch64, 2048, 512, 32"
  })
  void vectorCodeTakesTheHardwaresWidth(String arch, int hardware, int bits, int registers) {
    machine.arch = arch;
    machine.bits = hardware;
    assertVector(choose(null, null), bits, registers, false);
    assertVector(choose("auto", ""), bits, registers, false);
    assertVector(choose("vector", null), bits, registers, false);
    assertVector(choose(" VECTOR ", null), bits, registers, false);
  }

  @Test
  void aWidthIsNarrowedAndRegistersStayTheHardwares() {
    machine.bits = 512;
    Choice choice = choose(null, "128");
    assertVector(choice, 128, 32, false);
    assertWords(choice.reason(), "128 of 512", "-Dlanewise.bits");
    machine.bits = 256;
    assertVector(choose("vector", "128"), 128, 16, false);
    assertVector(choose(null, "256"), 256, 16, false);
  }

  @Test
  void aWidthAboveTheHardwareIsRefused() {
    assertFailed(choose(null, "512"), "-Dlanewise.bits=512", "256");
    assertFailed(choose("vector", "512"), "-Dlanewise.bits=512", "256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simd", "Vector!", "0"})
  void anUnknownImplementationIsRefused(String impl) {
    String given = impl.toLowerCase(Locale.ROOT);
    assertFailed(choose(impl, null), "-Dlanewise.impl=" + given, "auto, vector or scalar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "1024", "wide", "-128"})
  void anUnknownWidthIsRefused(String bits) {
    assertFailed(choose(null, bits), "-Dlanewise.bits=" + bits, "128, 256 or 512");
    assertFailed(choose("scalar", bits), "-Dlanewise.bits=" + bits);
  }

  @Test
  void scalarCodeRunsWhereItIsAskedFor() {
    assertScalar(choose("scalar", null), false, "-Dlanewise.impl=scalar");
    machine.module = false;
    assertScalar(choose("scalar", "512"), false, "-Dlanewise.impl=scalar");
  }

  @Test
  void withoutTheModuleScalarCodeRunsAndAForcedVectorFails() {
    machine.module = false;
    String remedy = "--add-modules jdk.incubator.vector";
    assertScalar(choose(null, null), true, "not resolved", remedy);
    assertScalar(choose("auto", "128"), true, "not resolved", remedy);
    assertFailed(choose("vector", null), "-Dlanewise.impl=vector", "not resolved", remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "OpenJDK 64-Bit Server VM, interpreted mode, -Xint",
    "OpenJDK 64-Bit Server VM, 'mixed mode, emulated-client', TieredStopAtLevel",
    "OpenJDK Client VM, mixed mode, C2",
    "Eclipse OpenJ9 VM, JRE 25, Eclipse OpenJ9 VM"
  })
  void withoutC2ScalarCodeRunsAndAForcedVectorIsSlow(String name, String info, String word) {
    machine.name = name;
    machine.info = info;
    machine.bits = 64;
    assertScalar(choose(null, null), true, word);
    Choice forced = choose("vector", null);
    assertVector(forced, 128, 16, true);
    assertWords(forced.reason(), "slow", word);
    assertVector(choose("vector", "256"), 256, 16, true);
    assertVector(choose("vector", "512"), 512, 32, true);
  }

  @Test
  void hotSpotIsKnownByItsOtherName() {
    machine.name = "Java HotSpot(TM) 64-Bit Server VM";
    assertVector(choose(null, null), 256, 16, false);
  }

  @Test
  void narrowHardwareRunsScalarCode() {
    machine.bits = 64;
    assertScalar(choose(null, null), true, "64", "128");
    Choice forced = choose("vector", null);
    assertVector(forced, 128, 16, true);
    assertWords(forced.reason(), "slow", "64");
  }

  @Test
  void withoutFusedMultiplyAddScalarCodeRuns() {
    machine.fma = false;
    assertScalar(choose(null, null), true, "multiply-add", "UseFMA");
    Choice forced = choose("vector", null);
    assertVector(forced, 256, 16, true);
    assertWords(forced.reason(), "slow", "UseFMA");
  }
}

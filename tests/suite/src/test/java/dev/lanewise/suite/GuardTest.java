package dev.lanewise.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherSessionListener;

/** What the guard accepts and refuses, and that it stands guard at all. */
class GuardTest {
  private static final Guard.Running AVX2 = new Guard.Running("vector", 256, 256);
  private static final Guard.Running NARROWED = new Guard.Running("vector", 128, 256);
  private static final Guard.Running SCALAR = new Guard.Running("scalar", 0, 0);

  @Test
  void acceptsWhatIsMeant() {
    assertEquals(Optional.empty(), Guard.complaint("vector", "native", AVX2));
    assertEquals(Optional.empty(), Guard.complaint("vector", "256", AVX2));
    assertEquals(Optional.empty(), Guard.complaint("vector", "128", NARROWED));
    assertEquals(Optional.empty(), Guard.complaint("scalar", "native", SCALAR));
    assertEquals(Optional.empty(), Guard.complaint(null, null, SCALAR));
  }

  @Test
  void refusesAnythingElse() {
    assertRefused(Guard.complaint("vector", "native", SCALAR), "vector", "scalar");
    assertRefused(Guard.complaint("scalar", null, AVX2), "scalar", "vector");
    assertRefused(Guard.complaint("vector", "native", NARROWED), "256", "128");
    assertRefused(Guard.complaint("vector", "512", AVX2), "512", "256");
  }

  private static void assertRefused(Optional<String> complaint, String expected, String actual) {
    String text = complaint.orElse("");
    assertTrue(text.contains(expected) && text.contains(actual), text);
  }

  @Test
  void isRegistered() {
    assertTrue(
        ServiceLoader.load(LauncherSessionListener.class).stream()
            .anyMatch(provider -> provider.type() == Guard.class));
  }
}

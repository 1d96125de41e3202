package dev.lanewise.suite.hardening;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The threads of {@code Workers} that are alive at a time, known by their names.
 *
 * @param threads all of them
 */
record LiveThreads(Set<Thread> threads) {
  private static final String NAME = "lanewise-";
  private static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();

  /** Other tests may have Workers too, so differences count. */
  static LiveThreads now() {
    return new LiveThreads(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith(NAME))
            .collect(Collectors.toSet()));
  }

  LiveThreads without(LiveThreads others) {
    Set<Thread> rest = new HashSet<>(threads);
    rest.removeAll(others.threads);
    return new LiveThreads(rest);
  }

  int count() {
    return threads.size();
  }

  void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  /** Without work they use no processor time, whatever has happened to them. */
  void assertSleep() throws InterruptedException {
    Thread.sleep(50); // they look for work for a moment first
    long before = cpuNanos();
    Thread.sleep(200);
    long used = cpuNanos() - before;
    assertTrue(used < 50_000_000, "idle threads used " + used / 1_000_000 + " of 200 ms");
  }

  private long cpuNanos() {
    return threads.stream().mapToLong(thread -> BEAN.getThreadCpuTime(thread.threadId())).sum();
  }
}

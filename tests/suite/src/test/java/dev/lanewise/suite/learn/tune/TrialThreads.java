package dev.lanewise.suite.learn.tune;

import java.util.List;

/** The threads of trials in this process. */
final class TrialThreads {
  private TrialThreads() {}

  static List<String> names() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lanewise-trial"))
        .toList();
  }
}

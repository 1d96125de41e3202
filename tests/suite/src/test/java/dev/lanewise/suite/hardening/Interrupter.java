package dev.lanewise.suite.hardening;

import dev.lanewise.testkit.operand.Mix;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/** Interrupts callers that ask for it, each once, and helpers whenever it comes by. */
final class Interrupter implements Runnable {
  private final AtomicReferenceArray<Thread> asking;
  private final LiveThreads helpers;
  private final Mix mix = new Mix(1);
  private volatile boolean stopped;

  /** Of so many callers. */
  Interrupter(int callers, LiveThreads helpers) {
    asking = new AtomicReferenceArray<>(callers);
    this.helpers = helpers;
  }

  /** Asks for an interrupt of this thread soon. */
  void ask(int caller) {
    asking.set(caller, Thread.currentThread());
  }

  /** Returns when the interrupt has been sent. */
  void await(int caller) {
    while (asking.get(caller) != null) {
      LockSupport.parkNanos(20_000);
    }
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      for (int i = 0; i < asking.length(); i++) {
        Thread caller = asking.get(i);
        if (caller != null && mix.below(4) == 0) {
          caller.interrupt();
          asking.set(i, null);
        }
      }
      helpers.interrupt();
      LockSupport.parkNanos(20_000);
    }
  }
}

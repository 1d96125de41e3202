package dev.lanewise.kernels.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that help with the jobs of any number of callers. They look for work for a moment, then
 * sleep until they are called.
 */
public final class Crew implements Job.Helpers {
  /** Jobs that are offered at a time; those of further callers find no help. */
  private static final int OFFERS = 16;

  /** Turns in which an idle thread looks for work before it sleeps: some 20 µs. */
  private static final int SPINS = 500;

  private final AtomicReferenceArray<Job> offers = new AtomicReferenceArray<>(OFFERS);
  private final Helper[] helpers;
  private volatile boolean closed;

  /** Starts so many daemon threads. */
  public Crew(int size) {
    helpers = new Helper[size];
    for (int i = 0; i < size; i++) {
      helpers[i] = new Helper("lanewise-" + (i + 1));
    }
    try {
      for (Helper helper : helpers) {
        helper.start();
      }
    } catch (OutOfMemoryError e) { // there is no further thread
      close();
      throw e;
    }
  }

  @Override
  public void offer(Job job, int most) {
    for (int i = 0; i < OFFERS; i++) {
      if (offers.get(i) == null && offers.compareAndSet(i, null, job)) {
        wake(most);
        return;
      }
    }
  }

  private void wake(int most) {
    int woken = 0;
    for (int i = 0; i < helpers.length && woken < most; i++) {
      if (helpers[i].asleep) {
        LockSupport.unpark(helpers[i]);
        woken++;
      }
    }
  }

  @Override
  public void withdraw(Job job) {
    for (int i = 0; i < OFFERS; i++) {
      if (offers.get(i) == job) {
        offers.set(i, null);
        return;
      }
    }
  }

  /**
   * Lets the threads end when the job that they help with has no more parts, and waits for them;
   * unless it is called by one of them, which would wait for itself.
   */
  public void close() {
    closed = true;
    boolean waits = !isOwn(Thread.currentThread());
    boolean interrupted = false;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
      while (waits && helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOwn(Thread thread) {
    for (Helper helper : helpers) {
      if (thread.equals(helper)) {
        return true;
      }
    }
    return false;
  }

  private final class Helper extends Thread {
    private volatile boolean asleep;

    Helper(String name) {
      super(null, null, name, 0, false); // inherits nothing of the caller that made it
      setDaemon(true);
    }

    @Override
    public void run() {
      int idle = 0;
      while (!closed) {
        if (help()) {
          idle = 0;
        } else if (++idle < SPINS) {
          Thread.onSpinWait();
        } else {
          asleep = true; // before the last look, so that no call is missed
          if (!help() && !closed) {
            LockSupport.park(Crew.this);
            Thread.interrupted(); // or it would never sleep again
          }
          asleep = false;
          idle = 0;
        }
      }
    }

    private boolean help() {
      boolean helped = false;
      for (int i = 0; i < OFFERS; i++) {
        Job job = offers.get(i);
        if (job != null && job.hasMore()) {
          job.run();
          helped = true;
        }
      }
      return helped;
    }
  }
}

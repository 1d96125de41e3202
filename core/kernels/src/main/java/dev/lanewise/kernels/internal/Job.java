package dev.lanewise.kernels.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An operation in independent parts. Its caller and whoever helps claim parts one after the other;
 * the caller takes part until none is left, and waits only for parts that others have begun. So a
 * result depends on no helper, though none may come, or come late.
 *
 * <p>A job may be used again once {@link #execute} has returned. A late helper then finds nothing
 * to claim, or helps the job's next operation: how many parts there are and which is next change in
 * one step, and what a part needs is written before that step and read after it.
 */
public final class Job implements Runnable {
  /** Turns in which a caller looks for the end before it sleeps: some 20 µs. */
  private static final int SPINS = 1000;

  /** The number of parts in the upper half, the next one in the lower. */
  private final AtomicLong claims = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile Thread waiting;
  private volatile Throwable failure;

  private final Parts parts;

  /** A job of these parts. */
  public Job(Parts parts) {
    this.parts = parts;
  }

  /** What a job consists of. */
  @FunctionalInterface
  public interface Parts {
    /** Computes one part. */
    void part(int index);
  }

  /** Who may help with a job. */
  public interface Helpers {
    /** Offers the job, which at most so many should help with. Never fails. */
    void offer(Job job, int most);

    /** No longer offers the job. */
    void withdraw(Job job);
  }

  /** Another job of the same parts. */
  public Job fresh() {
    return new Job(parts);
  }

  /** Whether a part is left that nobody has claimed. */
  boolean hasMore() {
    return isOpen(claims.get());
  }

  private static boolean isOpen(long claim) {
    return (int) claim < (int) (claim >>> Integer.SIZE);
  }

  /** Claims and computes parts until none is left. */
  @Override
  public void run() {
    for (long claim = claims.get(); isOpen(claim); claim = claims.get()) {
      if (claims.compareAndSet(claim, claim + 1)) {
        try {
          parts.part((int) claim);
        } catch (Throwable e) { // what a helper meets is thrown to the caller
          failure = e;
        }
        if (unfinished.decrementAndGet() == 0) {
          LockSupport.unpark(waiting);
        }
      }
    }
  }

  /**
   * Computes all parts, and returns when all are computed. An interrupt is kept and not acted on.
   *
   * @param count how many parts there are
   * @param helpers who may help
   */
  public void execute(int count, Helpers helpers) {
    failure = null;
    unfinished.set(count);
    claims.set((long) count << Integer.SIZE);
    try {
      helpers.offer(this, count - 1);
    } finally {
      run();
      helpers.withdraw(this);
      await();
    }
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }

  private void await() {
    for (int spin = 0; unfinished.get() > 0 && spin < SPINS; spin++) {
      Thread.onSpinWait();
    }
    if (unfinished.get() == 0) {
      return;
    }
    boolean interrupted = false;
    waiting = Thread.currentThread();
    while (unfinished.get() > 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

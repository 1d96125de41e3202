package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Checks;
import dev.lanewise.kernels.internal.Crew;
import dev.lanewise.kernels.internal.Job;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/**
 * Threads that operations may be shared with. An operation runs on its caller's thread alone unless
 * it is given workers; with them it has the same bits.
 *
 * <p>An operation is split into parts, which the caller and the workers claim one after the other.
 * The caller takes part, and waits only for parts that a worker has begun: a result depends on no
 * worker. Small operations stay on the caller. Any number of threads, virtual ones included, may
 * use the same workers at a time, and a part of one operation may use them for another. A virtual
 * thread keeps its carrier while an operation computes.
 *
 * <p>An interrupt neither stops an operation nor gets lost. An operation that has begun when its
 * workers are closed is finished.
 */
public final class Workers implements AutoCloseable {
  private static final String NAME = "Workers";
  private static final String FOR_EACH = "Workers.forEach";

  private final int threads;
  private final Job.Helpers helpers;
  private final Crew crew;
  private volatile boolean closed;

  private Workers(int threads, Job.Helpers helpers, Crew crew) {
    this.threads = threads;
    this.helpers = helpers;
    this.crew = crew;
  }

  /**
   * Workers with threads of their own: daemon threads, which wait for work by looking for it some
   * microseconds and then sleeping. Operations of up to 16 callers at a time allocate nothing in
   * steady state.
   *
   * @param threads how many threads an operation runs on, its caller's among them
   * @return workers, to be closed
   * @throws IllegalArgumentException if it is not positive
   */
  public static Workers of(int threads) {
    Checks.positive(NAME, "threads", threads);
    Crew crew = new Crew(threads - 1);
    return new Workers(threads, crew, crew);
  }

  /**
   * Workers on the threads of an executor, which gets a task of each operation for each thread but
   * the caller's. One that rejects tasks or runs them late makes operations slower and nothing
   * else. Each operation allocates a task of a few dozen bytes.
   *
   * @param threads how many threads an operation runs on, its caller's among them
   * @param executor runs tasks; closing the workers does not close it
   * @return workers
   * @throws NullPointerException if the executor is null
   * @throws IllegalArgumentException if the number of threads is not positive
   */
  public static Workers of(int threads, Executor executor) {
    Checks.positive(NAME, "threads", threads);
    Checks.notNull(NAME, "executor", executor);
    return new Workers(threads, new Tasks(executor, threads - 1), null);
  }

  /**
   * How many threads an operation runs on.
   *
   * @return the number, its caller's thread among them
   */
  public int threads() {
    return threads;
  }

  /**
   * Runs a task for each index from 0 on, in any order, on this thread and the workers; returns
   * when all have ended. If tasks throw, the others run all the same, and one of what they threw is
   * thrown then. With threads of the workers' own nothing is allocated in steady state. What the
   * tasks read may have been written before the call, what they write may be read after it.
   *
   * @param count how many
   * @param task what is run; other operations inside it may use these workers too
   * @throws NullPointerException if the task is null
   * @throws IllegalArgumentException if the count is negative
   * @throws IllegalStateException if the workers are closed
   */
  public void forEach(int count, IntConsumer task) {
    Checks.notNegative(FOR_EACH, "count", count);
    Checks.notNull(FOR_EACH, "task", task);
    requireOpen(FOR_EACH);
    if (count > 0) {
      TaskCall.run(count, task, this);
    }
  }

  /**
   * Ends the threads and waits for them; a part of an operation that closes its own workers from
   * one of their threads does not wait. Operations that are given closed workers throw.
   */
  @Override
  public void close() {
    closed = true;
    if (crew != null) {
      crew.close();
    }
  }

  /** Refuses closed workers. */
  void requireOpen(String op) {
    if (closed) {
      throw new IllegalStateException(op + ": the workers are closed");
    }
  }

  /**
   * Computes all parts of a job. An executor may keep its tasks, and run them when the job computes
   * something else: they get a job of their own, which ends with the operation.
   */
  void execute(Job job, int parts) {
    (crew == null ? job.fresh() : job).execute(parts, helpers);
  }

  private record Tasks(Executor executor, int size) implements Job.Helpers {
    @Override
    public void offer(Job job, int most) {
      for (int i = 0; i < Math.min(size, most); i++) {
        try {
          executor.execute(job);
        } catch (Throwable e) { // the caller computes what nobody else does
          return;
        }
      }
    }

    @Override
    public void withdraw(Job job) {}
  }
}

package dev.lanewise.kernels;

import dev.lanewise.kernels.internal.Job;
import dev.lanewise.kernels.internal.Pool;
import java.util.function.IntConsumer;

/** A caller's own task for each index, shared like the parts of an operation. */
final class TaskCall implements Job.Parts {
  private static final Pool<TaskCall> POOL = new Pool<>(Ranges.CALLERS, TaskCall::new);

  private final Job job = new Job(this);
  private IntConsumer task;

  private TaskCall() {}

  static void run(int count, IntConsumer task, Workers workers) {
    TaskCall call = POOL.take();
    call.task = task;
    try {
      workers.execute(call.job, count);
    } finally {
      call.task = null;
      POOL.give(call);
    }
  }

  @Override
  public void part(int index) {
    task.accept(index);
  }
}

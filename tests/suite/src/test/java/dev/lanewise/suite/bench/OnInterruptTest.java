package dev.lanewise.suite.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.console.OnInterrupt;
import dev.lanewise.suite.ChildJvm;
import dev.lanewise.suite.ChildJvm.Result;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What Ctrl-C makes a command do, in processes that end. */
class OnInterruptTest {
  private static final int INTERRUPTED = 130;

  private static Result run(Class<?> main) throws Exception {
    return ChildJvm.run(List.of(), main);
  }

  @Test
  void theActionRunsUntilItIsClosed() throws Exception {
    assertEquals(new Result(INTERRUPTED, "stopped", ""), run(ExitWithin.class));
    assertEquals(new Result(INTERRUPTED, "", ""), run(ExitAfter.class));
  }

  /** The work may be done while the action runs already. */
  @Test
  void closingItWhileItRunsIsNoFailure() throws Exception {
    assertEquals(new Result(INTERRUPTED, "closed, stopped", ""), run(CloseWithin.class));
  }

  static final class ExitWithin {
    public static void main(String[] args) {
      try (var _ = new OnInterrupt(() -> System.out.print("stopped"))) {
        System.exit(OnInterrupt.EXIT_CODE);
      }
    }
  }

  static final class ExitAfter {
    public static void main(String[] args) {
      new OnInterrupt(() -> System.out.print("stopped")).close();
      System.exit(OnInterrupt.EXIT_CODE);
    }
  }

  static final class CloseWithin {
    public static void main(String[] args) throws InterruptedException {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch closed = new CountDownLatch(1);
      OnInterrupt onInterrupt = new OnInterrupt(() -> stop(running, closed));
      new Thread(() -> System.exit(OnInterrupt.EXIT_CODE)).start();
      running.await();
      onInterrupt.close();
      System.out.print("closed, ");
      closed.countDown();
    }

    private static void stop(CountDownLatch running, CountDownLatch closed) {
      running.countDown();
      try {
        System.out.print(closed.await(10, TimeUnit.SECONDS) ? "stopped" : "not closed");
      } catch (InterruptedException e) {
        System.out.print(e);
      }
    }
  }
}

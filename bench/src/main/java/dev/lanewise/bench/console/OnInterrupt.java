package dev.lanewise.bench.console;

/** What is done when Ctrl-C ends this process, until it is closed. */
public final class OnInterrupt implements AutoCloseable {
  /** As of a process that SIGINT ends. */
  public static final int EXIT_CODE = 130;

  private final Thread hook;

  /**
   * From now on.
   *
   * @param action what is done
   */
  public OnInterrupt(Runnable action) {
    hook = new Thread(action);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Has the action never run, unless it has begun. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs by now.
    }
  }
}

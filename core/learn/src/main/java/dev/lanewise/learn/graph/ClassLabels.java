package dev.lanewise.learn.graph;

/** The classes of a run's samples, provided when a session runs. */
public final class ClassLabels {
  private final String name;

  private ClassLabels(String name) {
    this.name = Names.checked("ClassLabels", name);
  }

  /**
   * A label for each sample of a run.
   *
   * @param name its name, which no placeholder of a session has
   * @return the labels
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if the name is blank
   */
  public static ClassLabels of(String name) {
    return new ClassLabels(name);
  }

  /**
   * Its name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}

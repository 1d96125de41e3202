package dev.lanewise.learn.graph;

import java.util.List;

/** A value that is provided when a session runs. */
public final class Placeholder extends Node {
  private Placeholder(String name, Shape shape) {
    super(Names.checked("Placeholder", name), shape, List.of());
  }

  /**
   * A row for each sample of a run.
   *
   * @param name its name, which no other placeholder of a session has
   * @param columns the number of columns, such as features
   * @return the placeholder
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if the name is blank, or columns is below 1 and not {@link
   *     Shape#BATCH}
   */
  public static Placeholder batch(String name, int columns) {
    return new Placeholder(name, new Shape(Shape.BATCH, columns));
  }

  /**
   * A matrix of fixed shape.
   *
   * @param name its name, which no other placeholder of a session has
   * @param rows the number of rows
   * @param columns the number of columns
   * @return the placeholder
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if the name is blank, or a number is below 1 and not {@link
   *     Shape#BATCH}
   */
  public static Placeholder of(String name, int rows, int columns) {
    return new Placeholder(name, new Shape(rows, columns));
  }
}

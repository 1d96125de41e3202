package dev.lanewise.learn.graph;

import dev.lanewise.learn.internal.Checks;
import java.util.List;

/** A parameter, which training changes. A session owns its values; checkpoints know it by name. */
public final class Variable extends Node {
  private final Initializer initializer;
  private final boolean decayed;

  private Variable(String name, Shape shape, Initializer initializer, boolean decayed) {
    super(Names.checked("Variable", name), shape, List.of());
    if (shape.rows() == Shape.BATCH || shape.columns() == Shape.BATCH) {
      throw new IllegalArgumentException(
          "Variable %s: its shape is %s; it must not depend on the batch".formatted(name, shape));
    }
    this.initializer = Checks.notNull("Variable", "initializer", initializer);
    this.decayed = decayed;
  }

  /**
   * A single number.
   *
   * @param name its name, which no other variable of a session has
   * @param value its first value
   * @return the variable
   * @throws NullPointerException if the name is null
   * @throws IllegalArgumentException if the name is blank
   */
  public static Variable scalar(String name, double value) {
    return of(name, 1, 1, (values, seed, purpose) -> values.set(0, 0, (float) value));
  }

  /**
   * A matrix that weight decay spares, such as a bias.
   *
   * @param name its name, which no other variable of a session has
   * @param rows the number of rows
   * @param columns the number of columns
   * @param initializer gives its first values
   * @return the variable
   * @throws NullPointerException if the name or the initializer is null
   * @throws IllegalArgumentException if the name is blank or a number is below 1
   */
  public static Variable of(String name, int rows, int columns, Initializer initializer) {
    return new Variable(name, new Shape(rows, columns), initializer, false);
  }

  /**
   * A matrix that weight decay shrinks: the weights of a layer.
   *
   * @param name its name, which no other variable of a session has
   * @param rows the number of rows
   * @param columns the number of columns
   * @param initializer gives its first values
   * @return the variable
   * @throws NullPointerException if the name or the initializer is null
   * @throws IllegalArgumentException if the name is blank or a number is below 1
   */
  public static Variable weights(String name, int rows, int columns, Initializer initializer) {
    return new Variable(name, new Shape(rows, columns), initializer, true);
  }

  /**
   * Whether weight decay shrinks it.
   *
   * @return whether it does
   */
  public boolean isDecayed() {
    return decayed;
  }

  Initializer initializer() {
    return initializer;
  }

  /** Random numbers of a variable stay the same when others come or go. */
  int purpose() {
    return Names.purpose(name());
  }
}

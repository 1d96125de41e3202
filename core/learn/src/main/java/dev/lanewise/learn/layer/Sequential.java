package dev.lanewise.learn.layer;

import dev.lanewise.learn.graph.Node;
import dev.lanewise.learn.internal.Checks;
import java.util.List;

/**
 * Layers one behind the other. Their names are {@code NAME.0}, {@code NAME.1} and so on.
 *
 * @param layers the layers
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = Checks.copy("Sequential", "layers", layers);
  }

  /**
   * Layers one behind the other.
   *
   * @param layers the layers
   * @return all of them as one
   */
  public static Sequential of(Layer... layers) {
    return new Sequential(Checks.copy("Sequential", "layers", layers));
  }

  @Override
  public Node apply(Node x, String name) {
    Node y = Checks.notNull("Sequential", "x", x);
    for (int i = 0; i < layers.size(); i++) {
      y = layers.get(i).apply(y, name + "." + i);
    }
    return y;
  }
}

package dev.lanewise.learn.layer;

import dev.lanewise.learn.graph.Node;
import java.util.List;

/**
 * Layers one behind the other. Their names are {@code NAME.0}, {@code NAME.1} and so on.
 *
 * @param layers the layers
 */
public record Sequential(List<Layer> layers) implements Layer {
  /** Copies the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /**
   * Layers one behind the other.
   *
   * @param layers the layers
   * @return all of them as one
   */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Node apply(Node x, String name) {
    Node y = x;
    for (int i = 0; i < layers.size(); i++) {
      y = layers.get(i).apply(y, name + "." + i);
    }
    return y;
  }
}

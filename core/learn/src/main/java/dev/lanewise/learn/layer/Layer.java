package dev.lanewise.learn.layer;

import dev.lanewise.learn.graph.Node;

/** A function that builds graph nodes. */
@FunctionalInterface
public interface Layer {
  /**
   * The nodes of this layer on an input. Variables are made anew at each call.
   *
   * @param x the input, a sample in each row
   * @param name what the names of the layer's variables begin with
   * @return the output
   */
  Node apply(Node x, String name);
}

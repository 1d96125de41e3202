/**
 * Expressions with gradients: a graph of immutable {@link dev.lanewise.learn.graph.Node}s describes
 * what is computed, a {@link dev.lanewise.learn.graph.Session} owns all state and computes it.
 */
package dev.lanewise.learn.graph;

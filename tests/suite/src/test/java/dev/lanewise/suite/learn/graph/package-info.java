/** The graph: gradients of every operation against differences in double, sessions, shards. */
package dev.lanewise.suite.learn.graph;

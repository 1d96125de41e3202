package dev.lanewise.learn.graph;

/** How a session runs what differs between the two. */
public enum Mode {
  /** Batch norm by the batch's own statistics, dropout drops. */
  TRAINING,

  /** Batch norm by its running statistics, dropout drops nothing; a sample depends on no other. */
  INFERENCE
}

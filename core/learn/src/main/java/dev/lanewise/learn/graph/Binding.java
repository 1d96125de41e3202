package dev.lanewise.learn.graph;

import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.Workers;

/** The matrices of a node in one {@link Frame}, as its operation asks for them. */
final class Binding {
  private final Frame frame;
  private final int node;

  Binding(Frame frame, int node) {
    this.frame = frame;
    this.node = node;
  }

  private int number(int input) {
    return frame.program().input(node, input);
  }

  FloatMatrix input(int input) {
    return frame.value(number(input));
  }

  FloatMatrix output() {
    return frame.value(node);
  }

  /** The cost's gradient by the output, or null if it is not computed. */
  FloatMatrix gradient() {
    return frame.gradient(node);
  }

  /** Where the gradient of an input goes, or null if it is not wanted. */
  FloatMatrix inputGradient(int input) {
    return frame.contribution(node, input);
  }

  /** As {@link #inputGradient}, for kernels that compute it in any case; null without training. */
  FloatMatrix wantedGradient(int input) {
    FloatMatrix wanted = inputGradient(input);
    return wanted != null || gradient() == null
        ? wanted
        : frame.scratch(node, input, frame.program().node(number(input)).shape());
  }

  /** A matrix of the output's shape for the kernel's own use, one for each input. */
  FloatMatrix scratch(int input) {
    return frame.scratch(node, input, frame.program().node(node).shape());
  }

  /** A number repeated to a matrix's shape. */
  FloatMatrix number(double value, FloatMatrix like) {
    return FloatMatrix.of(new float[] {(float) value}, 1, 1).broadcast(like.rows(), like.columns());
  }

  Labels labels(ClassLabels labels) {
    return frame.labels(labels);
  }

  FloatSpan runningMean(RunningStatistics running) {
    return frame.state().runningMean(running);
  }

  FloatSpan runningVariance(RunningStatistics running) {
    return frame.state().runningVariance(running);
  }

  /** How the statistics of one shard move the running ones. */
  RunningAverage average(RunningStatistics running) {
    return frame.average(running);
  }

  /** Tells this node's random numbers from others', and a shard's from another's. */
  int purpose() {
    return frame.purpose(node);
  }

  /** Statistics of a batch, kept from the forward to the backward pass. */
  BatchStatistics statistics(int features) {
    return frame.statistics(node, features);
  }

  Run run() {
    return frame.run();
  }

  Workers workers() {
    return frame.workers();
  }
}

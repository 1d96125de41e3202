package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Arithmetic;
import dev.lanewise.kernels.BatchStatistics;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.RunningAverage;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.graph.Program.Edge;
import java.util.List;

/**
 * A program on the buffers of a replica for one number of samples: a kernel for each operation, all
 * views made, so that running it allocates nothing.
 */
final class Frame {
  private final Program program;
  private final Replica replica;
  private final State state;
  private final Feeds feeds;
  private final Run run;
  private final Workers workers;
  private final int first;
  private final int samples;
  private final int shards;

  private final FloatMatrix[] values;
  private final FloatMatrix[] gradients;
  private final FloatMatrix[][] contributions;
  private final Kernel[] kernels;

  /**
   * A frame.
   *
   * @param session what it runs in
   * @param replica the buffers
   * @param first the first sample of the run that is this frame's
   * @param samples how many it has
   * @param shards among how many the run is divided
   * @param workers the threads
   */
  Frame(Session session, Replica replica, int first, int samples, int shards, Workers workers) {
    this.program = session.program();
    this.state = session.state();
    this.feeds = session.feeds();
    this.run = session.current();
    this.replica = replica;
    this.first = first;
    this.samples = samples;
    this.shards = shards;
    this.workers = workers;
    int size = program.size();
    values = new FloatMatrix[size];
    gradients = new FloatMatrix[size];
    contributions = new FloatMatrix[size][];
    kernels = new Kernel[size];
    for (int i = 0; i < size; i++) {
      Operation operation = program.operation(i);
      contributions[i] = new FloatMatrix[operation == null ? 0 : operation.inputs().size()];
      values[i] = valueOf(i);
    }
    if (replica.gradient() != null) {
      for (int i = 0; i < size; i++) {
        placeGradient(i);
      }
    }
    for (int i = 0; i < size; i++) {
      Operation operation = program.operation(i);
      kernels[i] = operation == null ? null : operation.bind(new Binding(this, i));
    }
  }

  private FloatMatrix valueOf(int i) {
    Node node = program.node(i);
    if (node instanceof Variable variable) {
      return state.value(variable);
    }
    if (node instanceof Constant constant) {
      return constant.values();
    }
    if (node instanceof Placeholder placeholder) {
      return feeds.values(placeholder, first, samples);
    }
    return program.operation(i) instanceof ViewOperation view
        ? view.of(values[program.input(i, 0)])
        : matrix(replica.value(node, i), node.shape());
  }

  private FloatMatrix matrix(float[] array, Shape shape) {
    int columns = Shape.resolve(shape.columns(), samples);
    return FloatMatrix.of(array, 0, Shape.resolve(shape.rows(), samples), columns, columns, 1);
  }

  /**
   * Decides where a node's gradient is and where the operations that use it write their shares:
   * into the gradient itself where there is but one.
   */
  private void placeGradient(int i) {
    if (!program.isDifferentiated(i)) {
      return;
    }
    Node node = program.node(i);
    if (node instanceof Variable variable) {
      gradients[i] = state.gradient(replica.gradient(), replica.gradientOffset(), variable);
    } else if (program.operation(i) instanceof ViewOperation view) {
      gradients[i] = view.of(contributions[i][0]);
    } else {
      gradients[i] = matrix(replica.gradient(node, i), node.shape());
    }
    List<Edge> uses = program.uses(i);
    for (Edge edge : uses) {
      contributions[edge.node()][edge.input()] =
          uses.size() == 1
              ? gradients[i]
              : matrix(replica.contribution(edge.node(), edge.input(), node.shape()), node.shape());
    }
  }

  /** Computes the nodes that are needed. */
  void forward(boolean[] needed) {
    for (int i = 0; i < kernels.length; i++) {
      if (needed[i] && kernels[i] != null) {
        kernels[i].forward();
      }
    }
  }

  /** Computes all gradients of the cost. */
  void backward() {
    gradients[program.cost()].set(0, 0, 1);
    for (int i = kernels.length - 1; i >= 0; i--) {
      if (gradients[i] != null) {
        gather(i);
        if (kernels[i] != null) {
          kernels[i].backward();
        }
      }
    }
  }

  /** Adds the shares of a node's gradient in the order of those that use it. */
  private void gather(int i) {
    List<Edge> uses = program.uses(i);
    for (int k = 1; k < uses.size(); k++) {
      FloatMatrix sum = k == 1 ? contribution(uses.getFirst()) : gradients[i];
      Arithmetic.add(sum, contribution(uses.get(k)), gradients[i], workers);
    }
  }

  private FloatMatrix contribution(Edge edge) {
    return contributions[edge.node()][edge.input()];
  }

  /** After a step: the running statistics. */
  void keep(boolean[] needed) {
    for (int i = 0; i < kernels.length; i++) {
      if (needed[i] && kernels[i] != null) {
        kernels[i].keep();
      }
    }
  }

  FloatMatrix value(int node) {
    return values[node];
  }

  FloatMatrix gradient(int node) {
    return gradients[node];
  }

  FloatMatrix contribution(int node, int input) {
    return contributions[node][input];
  }

  FloatMatrix scratch(int node, int input, Shape shape) {
    return matrix(replica.scratch(node, input, shape), shape);
  }

  Labels labels(ClassLabels labels) {
    return feeds.values(labels, first, samples);
  }

  RunningAverage average(RunningStatistics running) {
    return average(running, shards);
  }

  /** S shards, each with weight 1 - (1 - a)^(1/S), together move the average like one batch. */
  static RunningAverage average(RunningStatistics running, int shards) {
    RunningAverage average = running.average();
    return shards == 1
        ? average
        : new RunningAverage(
            1 - StrictMath.pow(1 - average.weight(), 1.0 / shards), average.variance());
  }

  /** The same whatever is fused and whatever else the session computes. */
  int purpose(int node) {
    return Names.purpose("dropout." + program.dropoutNumber(node) + ".shard." + replica.number());
  }

  BatchStatistics statistics(int node, int features) {
    return replica.statistics(node, features);
  }

  int samples() {
    return samples;
  }

  Program program() {
    return program;
  }

  State state() {
    return state;
  }

  Run run() {
    return run;
  }

  Workers workers() {
    return workers;
  }
}

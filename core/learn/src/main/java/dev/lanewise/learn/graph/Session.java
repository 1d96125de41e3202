package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.internal.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes the nodes of a graph and owns all that they need: variables and their gradient, what the
 * optimizer keeps, running statistics, buffers.
 *
 * <p>A run has as many samples as its placeholders were fed with, up to the session's capacity. The
 * first run with a number of samples makes views of the buffers, which are kept; after it nothing
 * is allocated.
 *
 * <p><b>Shards.</b> With S shards a training step divides the m samples into S ranges, from m·s/S
 * to m·(s+1)/S, computes cost and gradient of each by itself, several at a time on the session's
 * workers, and adds them in order with weights m_s/m: the cost must be a mean over samples. Batch
 * norm normalises a shard by the shard's own statistics; each moves the running ones, in order, by
 * a weight of which S make that of a batch. Results depend on S, not on the number of threads.
 *
 * <p>A session is used by one thread at a time.
 */
public final class Session {
  private static final String NAME = "Session";

  private final Program program;
  private final Training training;
  private final State state;
  private final Feeds feeds;
  private final Run current;
  private final Workers workers;
  private final int capacity;

  private final Replica whole;
  private final Frame[] wholeFrames;
  private final Sharding sharding;
  private LoneShards loneShards;
  private ShardSum shardSum;

  /** What a root is computed from. */
  private record Cone(boolean[] needed, int[] feeds) {}

  private final Map<Node, Cone> cones = new HashMap<>();
  private final float[] gradient;
  private final VariableArrays arrays;
  private Cone lastRun;
  private Frame lastFrame;
  private long steps;

  Session(SessionBuilder builder) {
    training = builder.training;
    capacity = builder.capacity;
    workers = builder.workers == null ? Workers.of(1) : builder.workers;
    current = new Run(builder.seed);
    List<Node> roots = new ArrayList<>();
    if (training != null) {
      roots.add(training.cost());
    }
    roots.addAll(builder.outputs);
    program = new Program(roots, training != null);
    program.checkNames();
    program.checkSizes(capacity);
    state =
        new State(
            program.all(Variable.class),
            program.running(),
            training == null ? 0 : training.rule().states(),
            builder.seed);
    feeds = new Feeds(program.all(Placeholder.class), program.labels(), capacity);
    roots.forEach(root -> cones.computeIfAbsent(root, this::cone));
    gradient = training == null ? null : new float[state.size()];
    arrays = training == null ? null : state.arrays(gradient);
    boolean isSharded = training != null && builder.shards > 1;
    whole = new Replica(0, capacity, isSharded ? null : gradient, 0);
    wholeFrames = new Frame[capacity + 1];
    sharding = isSharded ? new Sharding(this, builder.shards, gradient, workers) : null;
  }

  /**
   * Begins to describe a session that trains.
   *
   * @param training what {@link #step()} does
   * @return the description
   */
  public static SessionBuilder of(Training training) {
    return new SessionBuilder(Checks.notNull(NAME, "training", training));
  }

  /**
   * Begins to describe a session that does not train.
   *
   * @param outputs the nodes that can be run, at least one
   * @return the description
   */
  public static SessionBuilder of(Node... outputs) {
    SessionBuilder builder = new SessionBuilder(null).outputs(outputs);
    if (builder.outputs.isEmpty()) {
      throw new IllegalArgumentException("Session: no nodes to run");
    }
    return builder;
  }

  private Cone cone(Node root) {
    boolean[] needed = program.needed(root);
    List<Object> owners = new ArrayList<>();
    for (int i = 0; i < needed.length; i++) {
      if (needed[i] && program.node(i) instanceof Placeholder placeholder) {
        owners.add(placeholder);
      }
      if (needed[i]
          && program.operation(i) instanceof CrossEntropyOperation operation
          && operation.labels() != null
          && !owners.contains(operation.labels())) {
        owners.add(operation.labels());
      }
    }
    return new Cone(needed, feeds.numbers(owners));
  }

  Program program() {
    return program;
  }

  State state() {
    return state;
  }

  Feeds feeds() {
    return feeds;
  }

  Run current() {
    return current;
  }

  /**
   * The values of a placeholder, to be written in place; runs have so many samples from now on.
   *
   * @param placeholder the placeholder
   * @param rows the number of samples, or its rows if it has no row for each sample
   * @return a view of the values
   * @throws IllegalArgumentException if the session does not use it, or cannot have so many rows
   */
  public FloatMatrix input(Placeholder placeholder, int rows) {
    return feeds.open(Checks.notNull(NAME, "placeholder", placeholder), rows);
  }

  /**
   * The labels, to be written into their array; runs have so many samples from now on.
   *
   * @param labels the labels
   * @param samples how many
   * @return a view of the labels
   * @throws IllegalArgumentException if the session does not use them, or cannot have so many
   */
  public Labels input(ClassLabels labels, int samples) {
    return feeds.open(Checks.notNull(NAME, "labels", labels), samples);
  }

  /**
   * Provides the values of a placeholder by copying them.
   *
   * @param placeholder the placeholder
   * @param values the values, a row for each sample
   * @return this
   * @throws IllegalArgumentException if the session does not use it, or the shape does not fit
   */
  public Session feed(Placeholder placeholder, FloatMatrix values) {
    Checks.notNull(NAME, "placeholder", placeholder);
    Checks.notNull(NAME, "values", values);
    feeds.copy(placeholder, values);
    return this;
  }

  /**
   * Provides labels by copying them.
   *
   * @param labels the labels
   * @param values a class for each sample
   * @return this
   * @throws IllegalArgumentException if the session does not use them, or cannot have so many
   */
  public Session feed(ClassLabels labels, Labels values) {
    Checks.notNull(NAME, "labels", labels);
    feeds.copy(labels, Checks.notNull(NAME, "values", values));
    return this;
  }

  /**
   * Computes a node.
   *
   * @param mode how
   * @param node the cost or an output
   * @return its value, a view that the next run overwrites
   * @throws IllegalArgumentException if the session does not compute it, or what was fed does not
   *     have equally many samples
   * @throws IllegalStateException if a placeholder has not been fed
   */
  public FloatMatrix run(Mode mode, Node node) {
    Checks.notNull(NAME, "mode", mode);
    Cone cone = coneOf(node);
    Frame frame = wholeFrame(feeds.samples(cone.feeds));
    current.begin(mode, false, steps);
    lastRun = null; // if a node throws
    frame.forward(cone.needed);
    lastRun = cone;
    lastFrame = frame;
    return frame.value(program.number(node));
  }

  /**
   * The value of another output that the last {@link #run} has computed on its way.
   *
   * @param node an output
   * @return its value, a view that the next run overwrites
   * @throws IllegalArgumentException if it is no output
   * @throws IllegalStateException if the last run has not computed it, or a step was trained since
   */
  public FloatMatrix lastValue(Node node) {
    coneOf(node);
    if (lastRun == null || !lastRun.needed[program.number(node)]) {
      throw new IllegalStateException(
          "Session: %s has not been computed by the last run".formatted(node));
    }
    return lastFrame.value(program.number(node));
  }

  private Cone coneOf(Node node) {
    Cone cone = cones.get(Checks.notNull(NAME, "node", node));
    if (cone == null) {
      throw new IllegalArgumentException(
          "Session: %s is not among its outputs; name it when the session is built"
              .formatted(node));
    }
    return cone;
  }

  private Frame wholeFrame(int samples) {
    if (wholeFrames[samples] == null) {
      wholeFrames[samples] = new Frame(this, whole, 0, samples, 1, workers);
    }
    return wholeFrames[samples];
  }

  /**
   * One training step: cost, gradients, update.
   *
   * @return the cost, as it was before the update
   * @throws IllegalStateException if the session does not train, or a placeholder has not been fed
   * @throws IllegalArgumentException if what was fed does not have equally many samples
   * @throws ArithmeticException if the optimizer clips and the gradient's norm is not finite; no
   *     variable is changed then
   */
  public float step() {
    return step(1);
  }

  /**
   * One training step with another learning rate.
   *
   * @param rateFactor what the optimizer's learning rate is multiplied by, finite and at least 0
   * @return the cost, as it was before the update
   * @throws IllegalStateException if the session does not train, or a placeholder has not been fed
   * @throws IllegalArgumentException if what was fed does not have equally many samples, or the
   *     factor is none
   * @throws ArithmeticException if the optimizer clips and the gradient's norm is not finite; no
   *     variable is changed then
   */
  public float step(double rateFactor) {
    Checks.finiteNotNegative(NAME, "rate factor", rateFactor);
    float cost = computeGradient();
    training.rule().apply(arrays, steps + 1, rateFactor, workers);
    keep();
    steps++;
    return cost;
  }

  /**
   * One training step from shards that other sessions have computed by {@link #shard}, with the
   * bits of {@link #step(double)} on the same samples.
   *
   * @param rateFactor what the optimizer's learning rate is multiplied by, finite and at least 0
   * @param shards as many as this session divides a step into, in order
   * @return the cost, as it was before the update
   * @throws IllegalStateException if the session does not train
   * @throws IllegalArgumentException if the shards do not fit, or the factor is none
   * @throws ArithmeticException if the optimizer clips and the gradient's norm is not finite; no
   *     variable is changed then
   */
  public float step(double rateFactor, List<ShardGradient> shards) {
    List<ShardGradient> computed = Checks.copy(NAME, "shards", shards);
    Checks.finiteNotNegative(NAME, "rate factor", rateFactor);
    requireTraining();
    if (shardSum == null) {
      shardSum = sharding == null ? new ShardSum(this, 1, gradient, workers) : sharding.total();
    }
    boolean[] needed = coneOf(training.cost()).needed;
    float cost = shardSum.take(computed, needed);
    training.rule().apply(arrays, steps + 1, rateFactor, workers);
    shardSum.keep(computed, needed);
    steps++;
    return cost;
  }

  /**
   * Computes one shard of a training step, and changes nothing that is kept. What is fed is that
   * shard's samples alone; {@link #variables} and {@link #resumeAt} say where the step begins.
   *
   * @param number the shard's number, from 0 on
   * @return what {@link #step(double, List)} needs of it
   * @throws IllegalStateException if the session does not train, or a placeholder has not been fed
   * @throws IllegalArgumentException if what was fed does not have equally many samples, or the
   *     number is negative
   */
  public ShardGradient shard(int number) {
    requireTraining();
    if (number < 0) {
      throw new IllegalArgumentException(
          "Session: the shard is %d; it must be at least 0".formatted(number));
    }
    Cone cone = coneOf(training.cost());
    int samples = feeds.samples(cone.feeds);
    current.begin(Mode.TRAINING, true, steps);
    if (loneShards == null) {
      loneShards = new LoneShards(this, gradient.length, workers);
    }
    return loneShards.compute(number, samples, cone.needed);
  }

  private void requireTraining() {
    if (training == null) {
      throw new IllegalStateException("Session: it has nothing to train");
    }
  }

  private float computeGradient() {
    requireTraining();
    lastRun = null; // a step writes into the same buffers
    lastFrame = null;
    Cone cone = coneOf(training.cost());
    int samples = feeds.samples(cone.feeds);
    current.begin(Mode.TRAINING, true, steps);
    if (sharding != null) {
      return sharding.compute(samples, cone.needed);
    }
    Frame frame = wholeFrame(samples);
    frame.forward(cone.needed);
    frame.backward();
    return frame.value(program.cost()).get(0, 0);
  }

  /** Moves running statistics, once nothing can fail any more. */
  private void keep() {
    Cone cone = coneOf(training.cost());
    if (sharding != null) {
      sharding.keep(cone.needed);
    } else {
      wholeFrame(feeds.samples(cone.feeds)).keep(cone.needed);
    }
  }

  /**
   * The value of a variable.
   *
   * @param variable the variable
   * @return a view; writing into it changes the variable
   * @throws IllegalArgumentException if it is no variable of this session
   */
  public FloatMatrix value(Variable variable) {
    return state.value(variable);
  }

  /**
   * The cost's gradient by a variable, as the last step left it: clipped if the optimizer clips.
   *
   * @param variable the variable
   * @return a view
   * @throws IllegalArgumentException if it is no variable of this session
   * @throws IllegalStateException if the session does not train
   */
  public FloatMatrix gradient(Variable variable) {
    requireTraining();
    state.value(variable);
    return state.gradient(gradient, 0, variable);
  }

  /**
   * All variables in one array, those that weight decay shrinks first.
   *
   * @return a view
   */
  public FloatSpan variables() {
    return state.all();
  }

  /**
   * Everything that the session keeps from run to run, by name: variables, running statistics
   * ({@code NAME.mean}, {@code NAME.variance}) and what the optimizer keeps ({@code
   * optimizer.0.NAME} and so on).
   *
   * @return live views, in a fixed order
   */
  public Map<String, FloatMatrix> tensors() {
    return state.tensors();
  }

  /**
   * Takes over what another session has kept, or a file: all of {@link #tensors()}, by name.
   *
   * @param values the tensors; more than are needed may be there
   * @throws IllegalArgumentException if one is absent or has another shape; nothing is written then
   */
  public void load(Map<String, FloatMatrix> values) {
    state.load(Checks.notNull(NAME, "values", values));
  }

  /**
   * How many training steps there have been.
   *
   * @return the number
   */
  public long steps() {
    return steps;
  }

  /**
   * Goes on as if there had been so many steps, after {@link #tensors()} have been written.
   *
   * @param number the number of steps
   * @throws IllegalArgumentException if it is negative
   */
  public void resumeAt(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("Session: steps is negative: " + number);
    }
    steps = number;
  }

  /**
   * The most samples of a run.
   *
   * @return how many
   */
  public int capacity() {
    return capacity;
  }
}

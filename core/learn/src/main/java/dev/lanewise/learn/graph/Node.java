package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Activation;
import dev.lanewise.kernels.CrossEntropy;
import dev.lanewise.learn.graph.BinaryOperation.Kind;
import dev.lanewise.learn.graph.ReductionOperation.Along;
import java.util.List;

/**
 * A value in a graph: a variable, a placeholder, a constant, or an operation on other nodes. A node
 * is an immutable description; a {@link Session} computes it.
 *
 * <p>Values are matrices. Shapes are inferred and checked when a node is made; what does not fit is
 * an IllegalArgumentException that names the nodes. In arithmetic an extent of 1 is repeated until
 * it fits the other operand's. Special values and error bounds are those of the kernel that an
 * operation names.
 *
 * <p>Every operation has a gradient. Those of a node that several others use are added in the order
 * in which these are computed: a node after its inputs, the inputs of an operation from first to
 * last.
 */
public abstract class Node {
  private final String name;
  private final Shape shape;
  private final List<Node> inputs;

  Node(String name, Shape shape, List<Node> inputs) {
    this.name = name;
    this.shape = shape;
    this.inputs = List.copyOf(inputs);
  }

  /**
   * The name that it was given, or what an operation is.
   *
   * @return the name
   */
  public final String name() {
    return name;
  }

  /**
   * The shape of its value.
   *
   * @return the shape
   */
  public final Shape shape() {
    return shape;
  }

  /**
   * What it is computed from.
   *
   * @return the nodes, none for variables, placeholders and constants
   */
  public final List<Node> inputs() {
    return inputs;
  }

  /**
   * this + other.
   *
   * @param other the other summand
   * @return the sum
   */
  public final Node plus(Node other) {
    return new BinaryOperation(Kind.PLUS, this, other);
  }

  /**
   * this + number.
   *
   * @param number the other summand
   * @return the sum
   */
  public final Node plus(double number) {
    return plus(Constant.of(number));
  }

  /**
   * this - other.
   *
   * @param other what is subtracted
   * @return the difference
   */
  public final Node minus(Node other) {
    return new BinaryOperation(Kind.MINUS, this, other);
  }

  /**
   * this - number.
   *
   * @param number what is subtracted
   * @return the difference
   */
  public final Node minus(double number) {
    return minus(Constant.of(number));
  }

  /**
   * this · other, element by element.
   *
   * @param other the other factor
   * @return the product
   */
  public final Node times(Node other) {
    return new BinaryOperation(Kind.TIMES, this, other);
  }

  /**
   * this · number.
   *
   * @param number the other factor
   * @return the product
   */
  public final Node times(double number) {
    return times(Constant.of(number));
  }

  /**
   * this / other, element by element.
   *
   * @param other the divisor
   * @return the quotient
   */
  public final Node dividedBy(Node other) {
    return new BinaryOperation(Kind.DIVIDED_BY, this, other);
  }

  /**
   * this / number.
   *
   * @param number the divisor
   * @return the quotient
   */
  public final Node dividedBy(double number) {
    return dividedBy(Constant.of(number));
  }

  /**
   * -this.
   *
   * @return the negative
   */
  public final Node negated() {
    return times(-1);
  }

  /**
   * this · this, element by element.
   *
   * @return the squares
   */
  public final Node squared() {
    return times(this);
  }

  /**
   * The matrix product this · other.
   *
   * @param other the right factor
   * @return the product
   */
  public final Node matmul(Node other) {
    return new MatmulOperation(this, other);
  }

  /**
   * Rows and columns exchanged; nothing is copied.
   *
   * @return the transposed node
   */
  public final Node transposed() {
    return new ViewOperation(this);
  }

  /**
   * The columns {@code from} (inclusive) to {@code to} (exclusive); nothing is copied.
   *
   * @param from the first column
   * @param to the column behind the last
   * @return the columns
   */
  public final Node columns(int from, int to) {
    return new ViewOperation(this, from, to);
  }

  /**
   * One column.
   *
   * @param column its index
   * @return the column
   */
  public final Node column(int column) {
    return columns(column, column + 1);
  }

  /**
   * The sum of all elements.
   *
   * @return one number
   */
  public final Node sum() {
    return new ReductionOperation(Along.ALL, false, this);
  }

  /**
   * The mean of all elements.
   *
   * @return one number
   */
  public final Node mean() {
    return new ReductionOperation(Along.ALL, true, this);
  }

  /**
   * The sum of each row.
   *
   * @return a column
   */
  public final Node rowSums() {
    return new ReductionOperation(Along.ROWS, false, this);
  }

  /**
   * The mean of each row.
   *
   * @return a column
   */
  public final Node rowMeans() {
    return new ReductionOperation(Along.ROWS, true, this);
  }

  /**
   * The sum of each column.
   *
   * @return a row
   */
  public final Node columnSums() {
    return new ReductionOperation(Along.COLUMNS, false, this);
  }

  /**
   * The mean of each column.
   *
   * @return a row
   */
  public final Node columnMeans() {
    return new ReductionOperation(Along.COLUMNS, true, this);
  }

  /**
   * f(x) of each element, as {@link Activation}.
   *
   * @param function f
   * @return its values
   */
  public final Node activation(Activation function) {
    return new ActivationOperation(function, this);
  }

  /**
   * x &lt; 0 ? 0 : x of each element, as {@link Activation#RELU}.
   *
   * @return the values
   */
  public final Node relu() {
    return activation(Activation.RELU);
  }

  /**
   * 1 / (1 + e^-x) of each element, as {@link Activation#SIGMOID}.
   *
   * @return the values
   */
  public final Node sigmoid() {
    return activation(Activation.SIGMOID);
  }

  /**
   * tanh x of each element, as {@link Activation#TANH}.
   *
   * @return the values
   */
  public final Node tanh() {
    return activation(Activation.TANH);
  }

  /**
   * e^x of each element, as {@link Activation#EXP}.
   *
   * @return the values
   */
  public final Node exp() {
    return activation(Activation.EXP);
  }

  /**
   * The natural logarithm of each element, as {@link Activation#LOG}.
   *
   * @return the values
   */
  public final Node log() {
    return activation(Activation.LOG);
  }

  /**
   * e^(x_j) / Σ_k e^(x_k) along each row, as {@link dev.lanewise.kernels.Softmax}.
   *
   * @return probabilities
   */
  public final Node softmax() {
    return new SoftmaxOperation(false, this);
  }

  /**
   * x_j - log Σ_k e^(x_k) along each row, as {@link dev.lanewise.kernels.LogSoftmax}.
   *
   * @return logarithms of probabilities
   */
  public final Node logSoftmax() {
    return new SoftmaxOperation(true, this);
  }

  /**
   * In training drops elements at random and scales the others by 1 / (1 - rate); in inference
   * this.
   *
   * @param rate the probability that an element is dropped, in [0, 1)
   * @return what is left
   */
  public final Node dropout(double rate) {
    return new DropoutOperation(rate, this);
  }

  /**
   * Batch norm of the columns: gamma · (x - mean) / sqrt(variance + eps) + beta, in training by the
   * batch's own mean and biased variance, in inference by the running ones. A ReLU of it alone is
   * fused with it.
   *
   * @param gamma the scale, a row
   * @param beta the shift, a row
   * @param running the running statistics, which a training step moves
   * @param eps what keeps the divisor from 0, such as 1e-5
   * @return the normalised batch
   */
  public final Node batchNorm(Node gamma, Node beta, RunningStatistics running, double eps) {
    return new BatchNormOperation(this, gamma, beta, running, eps, false);
  }

  /**
   * Layer norm: gamma · (x - mean) / sqrt(variance + eps) + beta, by each row's own mean and biased
   * variance, as {@link dev.lanewise.kernels.LayerNorm}.
   *
   * @param gamma the scale, a row
   * @param beta the shift, a row
   * @param eps what keeps the divisor from 0, such as 1e-5
   * @return the normalised rows
   */
  public final Node layerNorm(Node gamma, Node beta, double eps) {
    return new LayerNormOperation(this, gamma, beta, eps);
  }

  /**
   * RMS norm: gamma · x / sqrt(mean of x² + eps) along each row, as {@link
   * dev.lanewise.kernels.RmsNorm}.
   *
   * @param gamma the scale, a row
   * @param eps what keeps the divisor from 0, such as 1e-5
   * @return the normalised rows
   */
  public final Node rmsNorm(Node gamma, double eps) {
    return new RmsNormOperation(this, gamma, eps);
  }

  /**
   * The mean over rows of log Σ_k e^(x_k) - x_label, x being these logits, as {@link
   * CrossEntropy#MEAN}.
   *
   * @param labels the classes
   * @return one number
   */
  public final Node crossEntropy(ClassLabels labels) {
    return crossEntropy(labels, 0);
  }

  /**
   * The mean softmax cross-entropy of these logits against classes with label smoothing, as {@link
   * CrossEntropy#withLabelSmoothing} has it.
   *
   * @param labels the classes
   * @param smoothing the share that all classes are given alike, from 0 to 1
   * @return one number
   */
  public final Node crossEntropy(ClassLabels labels, double smoothing) {
    return CrossEntropyOperation.of(this, labels, CrossEntropy.MEAN.withLabelSmoothing(smoothing));
  }

  /**
   * The mean softmax cross-entropy of these logits against a distribution for each row, which must
   * not depend on variables.
   *
   * @param distributions the distributions
   * @return one number
   */
  public final Node crossEntropy(Node distributions) {
    return CrossEntropyOperation.of(this, distributions);
  }

  /**
   * The mean over elements of log(1 + e^x) - t·x, x being these logits and t probabilities, which
   * must not depend on variables, as {@link dev.lanewise.kernels.BinaryCrossEntropy#MEAN}.
   *
   * @param targets the probabilities
   * @return one number
   */
  public final Node binaryCrossEntropy(Node targets) {
    return CrossEntropyOperation.binary(this, targets);
  }

  /**
   * The variables that it depends on.
   *
   * @return each once, those of inputs from first to last
   */
  public final List<Variable> variables() {
    return Program.order(List.of(this), Node::inputs).stream()
        .filter(Variable.class::isInstance)
        .map(Variable.class::cast)
        .toList();
  }

  /** Its name, and what it is made of. */
  @Override
  public final String toString() {
    if (inputs.isEmpty()) {
      return name;
    }
    StringBuilder text = new StringBuilder(name).append('(');
    for (int i = 0; i < inputs.size(); i++) {
      Node input = inputs.get(i);
      text.append(i == 0 ? "" : ", ").append(input.name);
      text.append(input.inputs.isEmpty() ? "" : "(…)");
    }
    return text.append(')').toString();
  }
}

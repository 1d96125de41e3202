package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Activation;
import dev.lanewise.learn.internal.Checks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The nodes that a session computes, each behind its inputs, with a product and what follows it
 * alone (bias, ReLU) fused, as batch norm and its ReLU are.
 */
final class Program {
  /** An edge: a node's input. */
  record Edge(int node, int input) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final Map<Node, Operation> operations;
  private final int[][] inputs;
  private final boolean[] differentiated;
  private final List<List<Edge>> uses = new ArrayList<>();
  private final int cost;

  /** Before anything is fused, those of the cost first. */
  private final List<Node> dropouts;

  /** The program of these roots, whose first is the cost if the session trains. */
  Program(List<Node> roots, boolean trains) {
    List<Node> order = order(roots, Node::inputs);
    dropouts = order.stream().filter(DropoutOperation.class::isInstance).toList();
    operations = fused(order, roots);
    for (Node node : order(roots, this::inputsOf)) {
      numbers.put(node, nodes.size());
      nodes.add(node);
    }
    inputs = new int[nodes.size()][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = inputsOf(nodes.get(i)).stream().mapToInt(numbers::get).toArray();
      uses.add(new ArrayList<>());
    }
    differentiated = new boolean[inputs.length];
    cost = trains ? numbers.get(roots.getFirst()) : -1;
    if (trains) {
      differentiate();
    }
  }

  private List<Node> inputsOf(Node node) {
    Operation operation = operations.get(node);
    return operation == null ? List.of() : operation.inputs();
  }

  /** What a node is computed from. */
  @FunctionalInterface
  interface Inputs {
    List<Node> of(Node node);
  }

  /** Depth first, inputs from first to last; without recursion, as graphs may be deep. */
  static List<Node> order(List<Node> roots, Inputs inputs) {
    List<Node> order = new ArrayList<>();
    Set<Node> seen = new HashSet<>();
    Set<Node> done = new HashSet<>();
    Deque<Node> stack = new ArrayDeque<>();
    for (Node root : roots) {
      stack.push(root);
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        if (seen.add(node)) {
          for (Node input : inputs.of(node).reversed()) {
            if (!seen.contains(input)) {
              stack.push(input);
            }
          }
        } else {
          stack.pop();
          if (done.add(node)) {
            order.add(node);
          }
        }
      }
    }
    return order;
  }

  private static Map<Node, Operation> fused(List<Node> order, List<Node> roots) {
    Map<Node, Integer> uses = new HashMap<>();
    order.forEach(node -> node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum)));
    roots.forEach(root -> uses.merge(root, 2, Integer::sum)); // a root's value is asked for
    Map<Node, Operation> operations = new HashMap<>();
    for (Node node : order) {
      if (node instanceof Operation operation) {
        operations.put(node, fused(operation, operations, uses));
      }
    }
    return operations;
  }

  private static Operation fused(
      Operation operation, Map<Node, Operation> operations, Map<Node, Integer> uses) {
    Operation result = null;
    Node first = operation.inputs().getFirst();
    if (operation instanceof ActivationOperation f && f.function() == Activation.RELU) {
      result = isAlone(first, operations, uses) ? operations.get(first).rectified() : null;
    } else if (operation instanceof BinaryOperation f && f.kind() == BinaryOperation.Kind.PLUS) {
      Node second = operation.inputs().get(1);
      result = isAlone(first, operations, uses) ? operations.get(first).fusedSum(second) : null;
      if (result == null && isAlone(second, operations, uses)) {
        result = operations.get(second).fusedSum(first);
      }
    }
    return result == null ? operation : result;
  }

  private static boolean isAlone(
      Node node, Map<Node, Operation> operations, Map<Node, Integer> uses) {
    return operations.containsKey(node) && uses.get(node) == 1;
  }

  /** Marks what the cost depends on and depends on variables itself, and lists its uses. */
  private void differentiate() {
    boolean[] needed = needed(nodes.get(cost));
    for (int i = 0; i < inputs.length; i++) {
      differentiated[i] = needed[i] && nodes.get(i) instanceof Variable;
      for (int k = 0; k < inputs[i].length; k++) {
        if (needed[i] && differentiated[inputs[i][k]]) {
          requireGradient(i, k);
          differentiated[i] = true;
          uses.get(inputs[i][k]).add(new Edge(i, k));
        }
      }
    }
    if (!differentiated[cost]) {
      throw new IllegalArgumentException(
          "Session: the cost %s depends on no variable".formatted(nodes.get(cost)));
    }
  }

  private void requireGradient(int i, int k) {
    Operation operation = operation(i);
    if (!operation.hasGradientBy(k)) {
      throw new IllegalArgumentException(
          "Session: the targets %s of %s depend on variables; they must not"
              .formatted(operation.inputs().get(k), operation));
    }
  }

  /** Which dropout a node is. */
  int dropoutNumber(int number) {
    return dropouts.indexOf(nodes.get(number));
  }

  /** Which nodes a node is computed from, itself among them. */
  boolean[] needed(Node root) {
    boolean[] needed = new boolean[inputs.length];
    needed[number(root)] = true;
    for (int i = inputs.length - 1; i >= 0; i--) {
      if (needed[i]) {
        for (int input : inputs[i]) {
          needed[input] = true;
        }
      }
    }
    return needed;
  }

  int size() {
    return inputs.length;
  }

  Node node(int number) {
    return nodes.get(number);
  }

  /** The operation that computes a node, or null. */
  Operation operation(int number) {
    return operations.get(nodes.get(number));
  }

  /** The number of a node that the session computes. */
  int number(Node node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalArgumentException(
          "Session: %s is not computed by it; name it when the session is built".formatted(node));
    }
    return number;
  }

  int input(int number, int input) {
    return inputs[number][input];
  }

  /** Whether a training step computes the cost's gradient by a node. */
  boolean isDifferentiated(int number) {
    return differentiated[number];
  }

  /** The inputs of differentiated nodes that a node is. */
  List<Edge> uses(int number) {
    return uses.get(number);
  }

  int cost() {
    return cost;
  }

  /** The nodes of a type, in order. */
  <T extends Node> List<T> all(Class<T> type) {
    return nodes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The operations of a type, in order. */
  <T extends Operation> List<T> operations(Class<T> type) {
    return nodes.stream().map(operations::get).filter(type::isInstance).map(type::cast).toList();
  }

  /** The running statistics of all batch norms. */
  List<RunningStatistics> running() {
    return operations(BatchNormOperation.class).stream()
        .map(BatchNormOperation::running)
        .distinct()
        .toList();
  }

  /** What provides labels to cross-entropies. */
  List<ClassLabels> labels() {
    return operations(CrossEntropyOperation.class).stream()
        .map(CrossEntropyOperation::labels)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** Refuses two things of one name. */
  void checkNames() {
    Set<String> names = new HashSet<>();
    all(Variable.class).forEach(each -> addName(names, "variables", each.name()));
    running().forEach(each -> addName(names, "running statistics or variables", each.name()));
    names.clear();
    all(Placeholder.class).forEach(each -> addName(names, "placeholders", each.name()));
    labels().forEach(each -> addName(names, "labels or placeholders", each.name()));
  }

  private static void addName(Set<String> names, String what, String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("Session: two %s are named %s".formatted(what, name));
    }
  }

  /** Refuses values that no array can hold, with so many samples. */
  void checkSizes(int capacity) {
    for (int i = 0; i < nodes.size(); i++) {
      Shape full = nodes.get(i).shape().resolve(capacity);
      long size = (long) full.rows() * full.columns();
      if (size > Checks.LARGEST_ARRAY) {
        throw new IllegalArgumentException(
            "Session: with a capacity of %d %s has %d elements, more than an array"
                .formatted(capacity, nodes.get(i), size));
      }
    }
  }
}

package dev.lanewise.learn.graph;

import dev.lanewise.kernels.Workers;

/** Moves all variables by their gradient: what an optimizer does in a step. */
public interface UpdateRule {
  /**
   * How many numbers it keeps for each variable's element from step to step.
   *
   * @return the number of state arrays
   */
  int states();

  /**
   * One step.
   *
   * @param variables the variables' elements, their gradient and the rule's states, updated
   * @param step the number of this step, from 1 on
   * @param rateFactor what the learning rate is multiplied by in this step
   * @param workers the threads
   */
  void apply(VariableArrays variables, long step, double rateFactor, Workers workers);
}

/**
 * A small framework for neural networks on the kernels: a graph with gradients, layers, optimizers,
 * data, training and the search of hyperparameters.
 */
module dev.lanewise.learn {
  requires transitive dev.lanewise.kernels;
  requires de.siegmar.fastcsv;
  requires tools.jackson.databind;

  exports dev.lanewise.learn.data;
  exports dev.lanewise.learn.graph;
  exports dev.lanewise.learn.layer;
  exports dev.lanewise.learn.optim;
  exports dev.lanewise.learn.train;
  exports dev.lanewise.learn.tune;
}

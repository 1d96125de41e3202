package dev.lanewise.kernels;

/**
 * What a row of logits should be: the class of each row, or a distribution over the classes for
 * each.
 */
public sealed interface Targets permits Labels, FloatMatrix {}

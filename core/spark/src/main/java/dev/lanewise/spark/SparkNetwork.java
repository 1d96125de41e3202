package dev.lanewise.spark;

import dev.lanewise.learn.train.Network;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Builds a network wherever it is needed, as graphs do not travel: each call gives a new one, with
 * the same variables under the same names.
 */
@FunctionalInterface
public interface SparkNetwork extends Supplier<Network>, Serializable {}

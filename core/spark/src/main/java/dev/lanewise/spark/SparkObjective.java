package dev.lanewise.spark;

import dev.lanewise.learn.tune.Objective;
import java.io.Serializable;

/**
 * An objective that Spark can send to its executors, as {@link SparkStudy} needs it: what it
 * captures is serialised by Java, so it should be small. Data is read where the trial runs.
 */
@FunctionalInterface
public interface SparkObjective extends Objective, Serializable {}

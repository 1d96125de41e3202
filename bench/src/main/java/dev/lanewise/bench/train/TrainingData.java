package dev.lanewise.bench.train;

import dev.lanewise.learn.data.Dataset;

/**
 * What a network is trained and validated on.
 *
 * @param training what it is trained on
 * @param validation other samples; null if there are none
 */
public record TrainingData(Dataset training, Dataset validation) {}

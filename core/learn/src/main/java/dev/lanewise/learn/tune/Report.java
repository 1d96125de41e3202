package dev.lanewise.learn.tune;

/**
 * A score that a trial had on its way.
 *
 * @param step when, such as the epoch
 * @param score the score then
 */
public record Report(int step, double score) {}

/**
 * Search of hyperparameters, for any objective that gives a score: a space of parameters on their
 * own scales, samplers, and studies that run trials in parallel; and a babysitter of a single run.
 *
 * <p>Nothing but {@link dev.lanewise.learn.tune.NetworkTrainee} is specific to networks. What a
 * study finds depends on space, sampler, seed and objective alone, not on the number of workers,
 * and on timing only by trials that time out.
 */
package dev.lanewise.learn.tune;

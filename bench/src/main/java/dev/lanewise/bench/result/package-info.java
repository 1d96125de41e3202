/**
 * What a run has measured, and what follows from it: {@link dev.lanewise.bench.result.Results} is
 * the content of a results file, {@link dev.lanewise.bench.result.Estimate} a figure with its
 * confidence interval, {@link dev.lanewise.bench.result.Roofs} what the machine could do at best.
 */
package dev.lanewise.bench.result;

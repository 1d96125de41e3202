/**
 * Measures: a {@link dev.lanewise.bench.run.Plan} of short forks in interleaved rounds, carried out
 * by a {@link dev.lanewise.bench.run.Session} that keeps what is done.
 */
package dev.lanewise.bench.run;

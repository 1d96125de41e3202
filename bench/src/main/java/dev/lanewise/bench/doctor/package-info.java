/**
 * Whether Lanewise runs at full speed here: {@link dev.lanewise.bench.doctor.Facts} of the machine
 * and the JVM, the {@link dev.lanewise.bench.doctor.Timing} of every kernel, and the {@link
 * dev.lanewise.bench.doctor.Finding}s that follow from both.
 */
package dev.lanewise.bench.doctor;

/**
 * The JMH suites: one class per operation, methods named after the {@link
 * dev.lanewise.bench.jmh.Implementation} that they measure.
 *
 * <p>Each fork first proves which implementation it runs ({@link dev.lanewise.bench.jmh.Guard}) and
 * that the method to be measured gives the oracle's result ({@link
 * dev.lanewise.bench.jmh.OperationBenchmark}).
 *
 * <p>How vectorisation by C2 was seen: machine code of JDK 25 on x86-64 with AVX2, printed by
 * {@code -XX:CompileCommand=print} and decoded by {@code objdump}. "Vectorised" says that the hot
 * loop holds packed instructions on {@code ymm} registers.
 */
package dev.lanewise.bench.jmh;

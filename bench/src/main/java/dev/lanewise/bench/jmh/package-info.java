/**
 * The JMH suites: one class per operation, methods named after the implementation that they
 * measure.
 *
 * <ul>
 *   <li>{@code lanewise}: the public operation with the Vector API at the full width;
 *   <li>{@code lanewiseParallel}: the same on the threads of {@code -Dlanewise.bench.threads};
 *   <li>{@code lanewisePacked}: {@code lanewise} with one operand packed beforehand;
 *   <li>{@code separate}: our operations one after the other, where {@code lanewise} is a fused
 *       one;
 *   <li>{@code scalar}: the same call in a JVM that runs the definitions;
 *   <li>{@code naive}: the loop that a competent person writes first, on flat arrays;
 *   <li>{@code autovec}: the best plain Java that we know C2 to vectorise, on an array per row
 *       where that is what it takes; absent where the naive loop is it already, where C2 vectorises
 *       no form that we know, and for batches and epilogues too;
 *   <li>{@code copy}: {@code System.arraycopy} of a matrix of the same shape;
 *   <li>{@code openblas}, {@code mklParallel}, {@code svml}, ...: a {@link
 *       dev.lanewise.bench.peer.Peer peer}, on one thread or, if the name ends in {@code Parallel},
 *       on those of {@code -Dlanewise.bench.threads}, by default all processors.
 * </ul>
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

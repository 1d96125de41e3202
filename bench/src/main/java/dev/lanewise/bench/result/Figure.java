package dev.lanewise.bench.result;

import dev.lanewise.bench.jmh.Implementation;
import dev.lanewise.bench.jmh.Operation;
import dev.lanewise.bench.jmh.Shape;
import dev.lanewise.bench.jmh.Work;
import dev.lanewise.bench.peer.Threads;
import java.util.OptionalDouble;

/**
 * The figure of one implementation of an operation at a shape.
 *
 * @param variant what was computed
 * @param shape at which shape
 * @param implementation by which implementation: the name of the benchmark method
 * @param threads on how many threads it ran
 * @param measurement what was measured
 */
public record Figure(
    Variant variant, Shape shape, String implementation, int threads, Measurement measurement) {

  /**
   * What was computed, whatever its parameters.
   *
   * @return the operation
   */
  public Operation operation() {
    return variant.operation();
  }

  /**
   * What is known of its implementation.
   *
   * @return what its name says
   */
  public Implementation kind() {
    return Implementation.of(implementation);
  }

  /**
   * Whether it uses all threads of the run.
   *
   * @return whether it does
   */
  public boolean isParallel() {
    return Threads.isParallel(implementation);
  }

  /**
   * Whether it is the kernel, on one thread or on several.
   *
   * @return whether it is
   */
  public boolean isLanewise() {
    return kind() == Implementation.LANEWISE || kind() == Implementation.LANEWISE_PARALLEL;
  }

  /**
   * Whether it is a copy, which does not do the operation.
   *
   * @return whether it is
   */
  public boolean isYardstick() {
    return kind().isYardstick();
  }

  /**
   * Whether a part of the operation was done before the call, so that it is held against no other.
   *
   * @return whether it was
   */
  public boolean isPrepared() {
    return kind() == Implementation.LANEWISE_PACKED;
  }

  /**
   * Whether it is another library.
   *
   * @return whether it is neither ours nor a yardstick
   */
  public boolean isPeer() {
    return kind() == Implementation.PEER;
  }

  /**
   * Time per call.
   *
   * @return nanoseconds
   */
  public Estimate time() {
    return measurement.time();
  }

  /**
   * What it gets done, in the unit of the operation.
   *
   * @return GFLOP/s or GB/s
   */
  public Estimate speed() {
    return time().speed(isYardstick() ? work().bytes() : operation().units(shape));
  }

  /**
   * The work of a call: that of the operation, or of a copy of one matrix.
   *
   * @return operations and bytes
   */
  public Work work() {
    return isYardstick() ? Work.copy(shape) : operation().work(shape);
  }

  /**
   * The share of what the machine could do at best.
   *
   * @param roofs the roofs of the run
   * @return 1 on the roof; nothing where the roofs were not measured
   */
  public OptionalDouble shareOf(Roofs roofs) {
    OptionalDouble least = roofs.nanos(work(), threads);
    return least.isEmpty() ? least : OptionalDouble.of(least.getAsDouble() / time().median());
  }

  /**
   * Whether the figure is an error of measurement: faster than the machine can be.
   *
   * @param roofs the roofs of the run
   * @return whether it lies above the roof
   */
  public boolean isAbove(Roofs roofs) {
    return shareOf(roofs).orElse(0) > 1;
  }
}

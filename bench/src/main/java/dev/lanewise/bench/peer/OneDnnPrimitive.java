package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A primitive of oneDNN with its arguments, each in a role. */
final class OneDnnPrimitive implements PeerOperation {
  static final int SOURCE = 1;
  static final int DESTINATION = 17;
  static final int WEIGHTS = 33;
  static final int BIAS = 41;
  static final int MEAN = 49;
  static final int VARIANCE = 50;
  static final int SCALE = 51;
  static final int SHIFT = 52;
  static final int SOURCE_GRADIENT = 129;
  static final int DESTINATION_GRADIENT = 145;
  static final int SCALE_GRADIENT = 255;
  static final int SHIFT_GRADIENT = 256;

  private static final int MOST_ARGUMENTS = 8;

  /** An int, its padding, and an address. */
  private static final long ARGUMENT_SIZE = 16;

  private record Output(MemorySegment values, float[] target) {
    void fetch() {
      NativeLibrary.copy(values, target);
    }
  }

  private final MemorySegment primitive;
  private final MemorySegment arguments =
      Arena.ofAuto().allocate(MOST_ARGUMENTS * ARGUMENT_SIZE, 8);
  private int count;

  /** All of them, since oneDNN keeps addresses alone. */
  private final List<MemorySegment> memory = new ArrayList<>();

  private final List<Output> outputs = new ArrayList<>();

  OneDnnPrimitive(MemorySegment description) {
    primitive = OneDnn.primitive(description);
  }

  OneDnnPrimitive input(int role, MemorySegment descriptor, float[] values) {
    add(role, descriptor, NativeLibrary.copy(values));
    return this;
  }

  OneDnnPrimitive output(int role, MemorySegment descriptor, float[] target) {
    MemorySegment values = NativeLibrary.allocate((long) Float.BYTES * target.length);
    add(role, descriptor, values);
    outputs.add(new Output(values, target));
    return this;
  }

  private void add(int role, MemorySegment descriptor, MemorySegment values) {
    long offset = count * ARGUMENT_SIZE;
    arguments.set(JAVA_INT, offset, role);
    arguments.set(ADDRESS, offset + Long.BYTES, OneDnn.memory(descriptor, values));
    memory.add(values);
    count++;
  }

  @Override
  public void run() {
    OneDnn.execute(primitive, count, arguments);
  }

  @Override
  public void fetch() {
    outputs.forEach(Output::fetch);
  }
}

package dev.lanewise.suite.lanes;

import dev.lanewise.kernels.Lanes;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What a child process runs on Linux and x86-64: it sets its thread's mode of arithmetic as native
 * code would, one after another, and prints what {@link Lanes} says of each.
 */
public final class IeeeModeMain {
  /** The size of glibc's fenv_t, and where the control and status register of SSE lies in it. */
  private static final long FENV_BYTES = 32;

  private static final long MXCSR = 28;

  private static final int NEAREST = 0;
  private static final int FLUSH_TO_ZERO = 1 << 15;
  private static final int DENORMALS_ARE_ZERO = 1 << 6;
  private static final int DOWN = 1 << 13;
  private static final int UP = 2 << 13;
  private static final int TOWARDS_ZERO = 3 << 13;
  private static final int ALL_MODES = FLUSH_TO_ZERO | DENORMALS_ARE_ZERO | TOWARDS_ZERO;

  private static final MethodHandle GET = function("fegetenv");
  private static final MethodHandle SET = function("fesetenv");

  private IeeeModeMain() {}

  @SuppressWarnings("restricted") // two functions of the C library
  private static MethodHandle function(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }

  /** Prints a line for each mode. */
  public static void main(String[] arguments) throws Throwable {
    print("default", NEAREST);
    print("flush to zero", FLUSH_TO_ZERO);
    print("denormals are zero", DENORMALS_ARE_ZERO);
    print("both", FLUSH_TO_ZERO | DENORMALS_ARE_ZERO);
    print("down", DOWN);
    print("up", UP);
    print("towards zero", TOWARDS_ZERO);
    print("all", ALL_MODES);
    print("default again", NEAREST);
  }

  private static void print(String name, int mode) throws Throwable {
    String found;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment environment = arena.allocate(FENV_BYTES);
      int got = (int) GET.invokeExact(environment);
      int mxcsr = environment.get(ValueLayout.JAVA_INT, MXCSR);
      environment.set(ValueLayout.JAVA_INT, MXCSR, (mxcsr & ~ALL_MODES) | mode);
      int set = (int) SET.invokeExact(environment);
      found = Lanes.ieeeDeviations().toString();
      environment.set(ValueLayout.JAVA_INT, MXCSR, mxcsr);
      int restored = (int) SET.invokeExact(environment);
      if ((got | set | restored) != 0) {
        throw new AssertionError("%d %d %d".formatted(got, set, restored));
      }
    }
    System.out.println("mode " + name + ": " + found);
  }
}

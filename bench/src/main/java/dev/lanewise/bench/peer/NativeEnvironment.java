package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * What this JVM's native libraries read once, from the environment of the process, when they are
 * loaded: their number of threads. What would keep them from the kernels that they choose for this
 * processor by themselves is taken out of it.
 */
final class NativeEnvironment {
  /** oneDNN has that of OpenMP. */
  private static final List<String> VARIABLES =
      List.of("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS");

  /** Set where an older release fails, they make a newer one half as fast. */
  private static final List<String> HANDICAPS = List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

  private static int fixed;

  private NativeEnvironment() {}

  /** Decides for this JVM. */
  static synchronized void fix(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "%s is %d; there must be a thread".formatted(Threads.PROPERTY, threads));
    }
    if (fixed != 0 && fixed != threads) {
      throw new IllegalStateException(
          "native libraries of this JVM have %d threads, and another method asks for %d; it needs a"
                  .formatted(fixed, threads)
              + " JVM of its own");
    }
    if (fixed == 0) {
      VARIABLES.forEach(name -> setVariable(name, String.valueOf(threads)));
      // Or it takes fewer where it thinks fit.
      setVariable("MKL_DYNAMIC", "FALSE");
      HANDICAPS.forEach(NativeEnvironment::clearVariable);
      fixed = threads;
    }
  }

  /** What was decided. */
  static synchronized int fixed() {
    return fixed;
  }

  @SuppressWarnings("restricted")
  private static void setVariable(String name, String value) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> posix = linker.defaultLookup().find("setenv");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(name);
      MemorySegment text = arena.allocateFrom(value);
      if (posix.isPresent()) {
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        MethodHandle setenv = linker.downcallHandle(posix.get(), type);
        check(name, (int) setenv.invokeExact(key, text, 1));
      } else {
        FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
        MemorySegment windows = linker.defaultLookup().findOrThrow("_putenv_s");
        check(name, (int) linker.downcallHandle(windows, type).invokeExact(key, text));
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private static void clearVariable(String name) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> posix = linker.defaultLookup().find("unsetenv");
    if (posix.isEmpty()) {
      setVariable(name, ""); // which clears it on Windows
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, ADDRESS);
      MethodHandle unsetenv = linker.downcallHandle(posix.get(), type);
      check(name, (int) unsetenv.invokeExact(arena.allocateFrom(name)));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(String name, int code) {
    if (code != 0) {
      throw new IllegalStateException(name + " cannot be set in the environment: code " + code);
    }
  }
}

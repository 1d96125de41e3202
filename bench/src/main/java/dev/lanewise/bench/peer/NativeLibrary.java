package dev.lanewise.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/** A native library of one of JavaCPP's presets, loaded for the life of this JVM. */
final class NativeLibrary {
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  /** A cache line, and the widest vector. */
  private static final long ALIGNMENT = 64;

  private final Peer peer;
  private final SymbolLookup symbols;

  private NativeLibrary(Peer peer, SymbolLookup symbols) {
    this.peer = peer;
    this.symbols = symbols;
  }

  /** OpenBLAS. */
  static NativeLibrary openBlas() {
    return load(Peer.OPENBLAS, "openblas", "openblas", "openblas_get_num_threads");
  }

  /** MKL. One thread is one of its parallel layer, as the preset has no sequential one. */
  static NativeLibrary mkl() {
    return load(Peer.MKL, "mkl", "mkl_rt", "MKL_Get_Max_Threads");
  }

  /**
   * Unpacks a preset's libraries for this platform and loads one of them. Those that it needs lie
   * beside it, where it finds them.
   *
   * @param peer the peer
   * @param preset the preset
   * @param name the library's name, without what the platform puts around it
   * @param threadCount the C function that tells how many threads the library uses
   */
  @SuppressWarnings("restricted")
  static NativeLibrary load(Peer peer, String preset, String name, String threadCount) {
    peer.require();
    Path file = find(unpack(Peer.nativeFolder(preset)), name);
    NativeLibrary library =
        new NativeLibrary(peer, SymbolLookup.libraryLookup(file, Arena.global()));
    library.requireThreads(threadCount);
    return library;
  }

  private static File unpack(String folder) {
    if (System.getProperty(CACHE) == null) {
      System.setProperty(CACHE, besideThePeers().toString());
    }
    try {
      return Loader.cacheResource(Peer.class, "/" + folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be unpacked", e);
    }
  }

  /** Instead of JavaCPP's own choice, a folder in the user's home. */
  private static Path besideThePeers() {
    try {
      Path here = Path.of(Peer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return here.resolveSibling("peers").resolve("unpacked");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path find(File folder, String name) {
    String pattern = "(lib)?" + name + "(\\.\\d+)?\\.(so|dylib|dll)(\\.\\d+)?";
    File[] files = folder.listFiles((parent, file) -> file.matches(pattern));
    if (files == null || files.length == 0) {
      throw new IllegalStateException("%s has no library %s".formatted(folder, name));
    }
    return files[0].toPath();
  }

  private void requireThreads(String threadCount) {
    int threads;
    try {
      threads = (int) function(threadCount, FunctionDescriptor.of(JAVA_INT)).invokeExact();
    } catch (Throwable e) {
      throw failure(threadCount, e);
    }
    if (threads != NativeEnvironment.fixed()) {
      throw new IllegalStateException(
          "%s uses %d threads instead of %d"
              .formatted(peer.title(), threads, NativeEnvironment.fixed()));
    }
  }

  /**
   * A C function, to be kept in a static final field for speed. Calls make no state transition,
   * which saves 4 ns each and lets the garbage collector wait until they return.
   */
  @SuppressWarnings("restricted")
  MethodHandle function(String name, FunctionDescriptor type) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () -> new IllegalStateException(peer.title() + " has no function " + name));
    return Linker.nativeLinker().downcallHandle(address, type, Linker.Option.critical(false));
  }

  /** What a call of a handle throws, though a C function throws nothing. */
  static IllegalStateException failure(String function, Throwable cause) {
    return new IllegalStateException(function + " fails", cause);
  }

  /** Native memory for so many bytes that is freed when nothing refers to it. */
  static MemorySegment allocate(long bytes) {
    return Arena.ofAuto().allocate(bytes, ALIGNMENT);
  }

  /** A copy in native memory. */
  private static MemorySegment copy(MemorySegment values) {
    return allocate(values.byteSize()).copyFrom(values);
  }

  /** A copy of an array in native memory. */
  static MemorySegment copy(float[] values) {
    return copy(MemorySegment.ofArray(values));
  }

  /** A copy of a matrix that is given row by row; transposed, it lies column by column. */
  static MemorySegment copy(float[] values, int rows, int columns, boolean transposed) {
    MemorySegment segment = copy(values);
    for (int i = 0; transposed && i < values.length; i++) {
      segment.setAtIndex(JAVA_FLOAT, i % columns * rows + i / columns, values[i]);
    }
    return segment;
  }

  /** A copy of a matrix that is given row by row; transposed, it lies column by column. */
  static MemorySegment copy(double[] values, int rows, int columns, boolean transposed) {
    MemorySegment segment = copy(MemorySegment.ofArray(values));
    for (int i = 0; transposed && i < values.length; i++) {
      segment.setAtIndex(JAVA_DOUBLE, i % columns * rows + i / columns, values[i]);
    }
    return segment;
  }

  /** Copies back. */
  static void copy(MemorySegment segment, float[] target) {
    MemorySegment.copy(segment, JAVA_FLOAT, 0, target, 0, target.length);
  }
}

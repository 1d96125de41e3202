package dev.lanewise.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * A library that Lanewise is measured against. The benchmark methods that measure it are named
 * after its {@link #id}, with {@code Parallel} behind it for those on several threads.
 */
public enum Peer {
  /** OpenBLAS. */
  OPENBLAS("openblas", "OpenBLAS"),
  /** Intel oneAPI Math Kernel Library. */
  MKL("mkl", "Intel oneMKL"),
  /** oneAPI Deep Neural Network Library. */
  ONEDNN("onednn", "oneDNN"),
  /** The BLAS of netlib on the Vector API. */
  VECTORBLAS("vectorblas", "netlib VectorBLAS"),
  /** Efficient Java Matrix Library. */
  EJML("ejml", "EJML"),
  /** Oj! Algorithms. */
  OJALGO("ojalgo", "ojAlgo"),
  /** Intel's vector mathematics, which a JDK on x86-64 brings along for the Vector API. */
  SVML("svml", "SVML through the Vector API");

  private final String id;
  private final String title;

  Peer(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /**
   * The name on the command line.
   *
   * @return for example {@code openblas}
   */
  public String id() {
    return id;
  }

  /**
   * The name in tables and messages.
   *
   * @return for example {@code OpenBLAS}
   */
  public String title() {
    return title;
  }

  /**
   * The peer that a benchmark method measures.
   *
   * @param method the method's name
   * @return the peer, or empty if the method measures none
   */
  public static Optional<Peer> ofMethod(String method) {
    return Arrays.stream(values())
        .filter(peer -> method.equals(peer.id) || method.equals(peer.id + Threads.PARALLEL))
        .findFirst();
  }

  /**
   * Whether it is native code by itself.
   *
   * @return false for Java code, and for what is reached through the Vector API
   */
  public boolean isNative() {
    return this == OPENBLAS || this == MKL || this == ONEDNN;
  }

  /**
   * Whether it can be measured here. Nothing of the peer is loaded to find out.
   *
   * @return whether it is on the class path, with native libraries for this platform if it has any
   */
  public boolean isPresent() {
    return switch (this) {
      case OPENBLAS -> hasLibraries("openblas");
      case MKL -> hasLibraries("mkl");
      case ONEDNN -> hasLibraries("dnnl");
      case VECTORBLAS -> hasClass(VectorBlasGemm.CLASS);
      case EJML ->
          hasClass("org.ejml.data.FMatrixRBlock")
              && hasClass("org.ejml.dense.block.MatrixOps_FDRB")
              && hasClass("org.ejml.dense.block.MatrixOps_DDRB");
      case OJALGO -> hasClass("org.ojalgo.matrix.store.R032Store");
      case SVML -> jdkHasSvml();
    };
  }

  /**
   * Refuses to go on without it.
   *
   * @throws IllegalStateException if it is absent; the message says where it should be
   */
  public void require() {
    if (!isPresent()) {
      throw new IllegalStateException(
          this == SVML
              ? "%s is absent: the JDK in %s has none"
                  .formatted(title, System.getProperty("java.home"))
              : "%s is absent: where there is one for this platform and the network allows it, the build puts it into the folder peers beside lanewise.jar"
                  .formatted(title));
    }
  }

  /** JavaCPP is asked for the platform only where it is present. */
  private static boolean hasLibraries(String preset) {
    return hasClass("org.bytedeco.javacpp.Loader") && hasResource(nativeFolder(preset));
  }

  /** Where the jar of a preset keeps its libraries for this platform. */
  static String nativeFolder(String preset) {
    return "org/bytedeco/" + preset + "/" + Loader.getPlatform() + "/";
  }

  private static boolean hasClass(String name) {
    return hasResource(name.replace('.', '/') + ".class");
  }

  private static boolean hasResource(String name) {
    return Peer.class.getClassLoader().getResource(name) != null;
  }

  private static boolean jdkHasSvml() {
    Path home = Path.of(System.getProperty("java.home"));
    return Files.exists(home.resolve("lib/libjsvml.so"))
        || Files.exists(home.resolve("bin/jsvml.dll"));
  }
}

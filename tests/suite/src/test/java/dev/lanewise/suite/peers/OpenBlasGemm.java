package dev.lanewise.suite.peers;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS by JavaCPP's presets, on copies in native memory. */
final class OpenBlasGemm extends BlasGemm {
  OpenBlasGemm() {
    Loader.load(openblas_nolapack.class);
  }

  @Override
  void sgemm(int m, int n, int k, float alpha, Matrix a, Matrix b, float beta, Matrix c) {
    try (FloatPointer pa = pointer(a);
        FloatPointer pb = pointer(b);
        FloatPointer pc = pointer(c)) {
      openblas_nolapack.cblas_sgemm(
          openblas_nolapack.CblasColMajor,
          a.transposed() ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
          b.transposed() ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
          m,
          n,
          k,
          alpha,
          pa,
          a.leadingDimension(),
          pb,
          b.leadingDimension(),
          beta,
          pc,
          c.leadingDimension());
      pc.position(0).get(c.array());
    }
  }

  private static FloatPointer pointer(Matrix x) {
    // One more element, as an empty matrix's array may have none.
    FloatPointer pointer = new FloatPointer(x.array().length + 1L);
    pointer.put(x.array());
    return pointer.position(x.offset());
  }

  @Override
  public String toString() {
    return "OpenBLAS";
  }
}

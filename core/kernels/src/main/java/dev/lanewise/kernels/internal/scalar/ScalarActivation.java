package dev.lanewise.kernels.internal.scalar;

/** Element-wise activations. */
public final class ScalarActivation {
  private ScalarActivation() {}

  /** y = x < 0 ? 0 : x. */
  public static void relu(
      int m, int n, float[] x, int xo, int xrs, int xcs, float[] y, int yo, int yrs, int ycs) {
    if (xo == yo && isDense(m, n, xrs, xcs) && isDense(m, n, yrs, ycs)) {
      for (int i = xo; i < xo + m * n; i++) { // one index for both arrays, which C2 vectorises
        y[i] = relu(x[i]);
      }
      return;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[yo + i * yrs + j * ycs] = relu(x[xo + i * xrs + j * xcs]);
      }
    }
  }

  /**
   * x < 0 ? 0 : x without a branch, which random signs would mispredict and C2 would not vectorise.
   *
   * <p>The maximum turns x < 0 into -0. The second term adds +0 there, as s is -1, -0 to x = -0,
   * and a zero that changes nothing elsewhere.
   */
  static float relu(float x) {
    float s = Math.signum(x);
    return Math.max(x, -0f) + s * -(s * s - 1f);
  }

  /** dx = x <= 0 ? 0 : dy. */
  public static void reluBackward(
      int m,
      int n,
      float[] x,
      int xo,
      int xrs,
      int xcs,
      float[] dy,
      int po,
      int prs,
      int pcs,
      float[] dx,
      int dxo,
      int dxrs,
      int dxcs) {
    if (xo == po
        && xo == dxo
        && isDense(m, n, xrs, xcs)
        && isDense(m, n, prs, pcs)
        && isDense(m, n, dxrs, dxcs)) {
      for (int i = xo; i < xo + m * n; i++) {
        dx[i] = x[i] <= 0f ? 0f : dy[i];
      }
      return;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float slope = dy[po + i * prs + j * pcs];
        dx[dxo + i * dxrs + j * dxcs] = x[xo + i * xrs + j * xcs] <= 0f ? 0f : slope;
      }
    }
  }

  private static boolean isDense(int m, int n, int rowStride, int columnStride) {
    return columnStride == 1 && (rowStride == n || m == 1);
  }
}

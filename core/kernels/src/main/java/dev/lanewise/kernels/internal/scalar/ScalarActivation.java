package dev.lanewise.kernels.internal.scalar;

/** Element-wise activations. */
public final class ScalarActivation {
  private ScalarActivation() {}

  /** y = x < 0 ? 0 : x. */
  public static void relu(
      int m, int n, float[] x, int xo, int xrs, int xcs, float[] y, int yo, int yrs, int ycs) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float value = x[xo + i * xrs + j * xcs];
        y[yo + i * yrs + j * ycs] = value < 0f ? 0f : value;
      }
    }
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
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float slope = dy[po + i * prs + j * pcs];
        dx[dxo + i * dxrs + j * dxcs] = x[xo + i * xrs + j * xcs] <= 0f ? 0f : slope;
      }
    }
  }
}

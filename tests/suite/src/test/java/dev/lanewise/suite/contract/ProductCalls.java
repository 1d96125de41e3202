package dev.lanewise.suite.contract;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.Epilogue;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Gemm;
import dev.lanewise.kernels.PackedMatrix;
import dev.lanewise.kernels.Workers;
import java.util.Map;

/** Calls of fused, packed, batched and double products, small ones and such as workers share. */
final class ProductCalls {
  private static final int M = 20;
  private static final int N = 30;
  private static final int LARGE = 130;

  private ProductCalls() {}

  static void addTo(Map<String, Runnable> calls, Workers workers) {
    floats(calls);
    shared(calls, workers);
    batches(calls, workers);
    doubles(calls, workers);
  }

  private static void floats(Map<String, Runnable> calls) {
    FloatMatrix a = FloatMatrix.zeros(M, N);
    FloatMatrix b = FloatMatrix.zeros(N, N);
    FloatMatrix c = FloatMatrix.zeros(M, N);
    FloatMatrix scattered = FloatMatrix.of(new float[2 * M * N], 0, M, N, 2 * N, 2);
    FloatMatrix column = b.columns(0, 1);
    FloatMatrix narrow = FloatMatrix.zeros(M, 1);
    PackedMatrix packed = PackedMatrix.of(b);
    PackedMatrix packedColumn = PackedMatrix.of(column);
    Epilogue bias = Epilogue.bias(FloatSpan.zeros(N));
    Epilogue biasRelu = Epilogue.biasRelu(FloatSpan.zeros(N));
    Epilogue relu = Epilogue.relu();
    calls.put("Gemm, bias", () -> Gemm.gemm(1f, a, b, 0f, c, bias));
    calls.put("Gemm, bias, relu, strided", () -> Gemm.gemm(1f, a, b, 0f, scattered, biasRelu));
    calls.put("Gemm, relu, one column", () -> Gemm.gemm(1f, a, column, 0f, narrow, relu));
    calls.put("Gemm, packed", () -> Gemm.gemm(1f, a, packed, 0f, c));
    calls.put("Gemm, packed, bias, relu", () -> Gemm.gemm(1f, a, packed, 1f, c, biasRelu));
    calls.put("Gemm, packed, strided", () -> Gemm.gemm(1f, a, packed, 0f, scattered));
    calls.put("Gemm, packed, one column", () -> Gemm.gemm(1f, a, packedColumn, 0f, narrow));
  }

  private static void shared(Map<String, Runnable> calls, Workers workers) {
    FloatMatrix b = FloatMatrix.zeros(LARGE, LARGE);
    FloatMatrix c = FloatMatrix.zeros(LARGE, LARGE);
    PackedMatrix packed = PackedMatrix.of(b);
    Epilogue relu = Epilogue.relu();
    calls.put("Gemm, relu, workers", () -> Gemm.gemm(1f, b, b, 0f, c, relu, workers));
    calls.put("Gemm, packed, workers", () -> Gemm.gemm(1f, b, packed, 0f, c, workers));
  }

  private static void batches(Map<String, Runnable> calls, Workers workers) {
    FloatBatch a = FloatBatch.of(new float[5 * M * N], 5, M, N);
    FloatBatch c = FloatBatch.of(new float[5 * M * M], 5, M, M);
    FloatBatch turned = a.transpose();
    calls.put("Gemm, batch", () -> Gemm.gemm(1f, a, turned, 0f, c));
    int size = 50;
    FloatBatch many = FloatBatch.of(new float[size * N * N], size, N, N);
    FloatBatch results = FloatBatch.of(new float[size * N * N], size, N, N);
    calls.put("Gemm, batch, workers", () -> Gemm.gemm(1f, many, many, 0f, results, workers));
  }

  private static void doubles(Map<String, Runnable> calls, Workers workers) {
    DoubleMatrix a = DoubleMatrix.zeros(M, N);
    DoubleMatrix b = DoubleMatrix.zeros(N, N);
    DoubleMatrix c = DoubleMatrix.zeros(M, N);
    DoubleMatrix column = b.columns(0, 1);
    DoubleMatrix narrow = DoubleMatrix.zeros(M, 1);
    DoubleMatrix large = DoubleMatrix.zeros(LARGE, LARGE);
    DoubleMatrix result = DoubleMatrix.zeros(LARGE, LARGE);
    DoubleMatrix turned = a.transpose();
    calls.put("Gemm, doubles", () -> Gemm.gemm(1d, a, b, 1d, c));
    calls.put("Gemm, doubles, transposed", () -> Gemm.gemm(1d, turned, a, 0d, b));
    calls.put("Gemm, doubles, one column", () -> Gemm.gemm(1d, a, column, 0d, narrow));
    calls.put("Gemm, doubles, workers", () -> Gemm.gemm(1d, large, large, 0d, result, workers));
  }
}

package dev.lanewise.suite.learn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.learn.train.SafeTensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What files hold, and when two of them hold the same. */
final class Contents {
  private Contents() {}

  /** A scalar, a matrix and an empty matrix, with special values and a name beyond ASCII. */
  static SafeTensors sample() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    float[] special = {1, -0f, Float.POSITIVE_INFINITY, Float.NaN, 2.5f, Float.MIN_VALUE};
    tensors.put("a/b", Tensor.of(FloatMatrix.of(special, 2, 3)));
    tensors.put("scalar", new Tensor(List.of(), FloatMatrix.of(new float[] {3}, 1, 1)));
    tensors.put("é", Tensor.of(FloatMatrix.zeros(0, 4)));
    return SafeTensors.of(tensors, text("epoch", "7/8 \"x\"\n"));
  }

  /** A vector all of whose elements are its version, which the metadata hold too. */
  static SafeTensors version(int version, int length) {
    float[] elements = new float[length];
    Arrays.fill(elements, version);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("w", Tensor.of(FloatSpan.of(elements)));
    return SafeTensors.of(tensors, text("version", Integer.toString(version)));
  }

  /** One text by another. */
  static SequencedMap<String, String> text(String key, String value) {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    metadata.put(key, value);
    return metadata;
  }

  /** The bits of the elements, row by row. */
  static int[] bits(Tensor tensor) {
    FloatMatrix x = tensor.elements();
    int[] bits = new int[tensor.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(x.get(i / x.columns(), i % x.columns()));
    }
    return bits;
  }

  /** Names, shapes and metadata in order, and every bit. */
  static void assertEqual(SafeTensors expected, SafeTensors actual) {
    assertEquals(List.copyOf(expected.metadata().entrySet()), entries(actual.metadata()));
    assertEquals(List.copyOf(expected.tensors().keySet()), names(actual));
    expected
        .tensors()
        .forEach(
            (name, tensor) -> {
              Tensor other = actual.tensors().get(name);
              assertEquals(tensor.shape(), other.shape(), name);
              assertArrayEquals(bits(tensor), bits(other), name);
            });
  }

  private static List<?> entries(SequencedMap<String, String> metadata) {
    return List.copyOf(metadata.entrySet());
  }

  private static List<String> names(SafeTensors content) {
    return new ArrayList<>(content.tensors().keySet());
  }
}

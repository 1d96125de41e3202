package dev.lanewise.suite.hardening;

import dev.lanewise.kernels.DoubleMatrix;
import dev.lanewise.kernels.FloatBatch;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.kernels.Labels;
import dev.lanewise.kernels.Workers;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is handed over in place of a good argument, one at a time. */
final class BadValues {
  private static final Workers CLOSED = Workers.of(2);

  static {
    CLOSED.close();
  }

  /** A bad value, and words of which the refusal's message must contain one, parted by bars. */
  record Bad(String name, Object value, String words) {}

  private BadValues() {}

  /** Those of a parameter's type; of a view also some that differ from a good one in shape. */
  static List<Bad> of(Class<?> type, Object good) {
    List<Bad> bad = new ArrayList<>();
    if (!type.isPrimitive()) {
      bad.add(new Bad("null", null, ""));
    }
    switch (good) {
      case Boolean b -> {}
      case Integer i -> numbers(bad, -1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Long l -> numbers(bad, -1L, 0L, Long.MIN_VALUE, Long.MAX_VALUE);
      case Float f ->
          numbers(bad, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
      case Double d ->
          numbers(bad, -1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
      case String s -> {
        bad.add(new Bad("empty", "", "blank"));
        bad.add(new Bad("blank", " ", "blank"));
      }
      case Workers w -> bad.add(new Bad("closed", CLOSED, "closed"));
      case Path p -> {
        Path absent = p.resolveSibling("absent").resolve("absent");
        bad.add(new Bad("absent", absent, absent.toString()));
      }
      case List<?> list -> lists(bad, list);
      case Map<?, ?> map -> maps(bad, map);
      default -> {
        if (good.getClass().isArray()) {
          arrays(bad, good);
        } else {
          views(bad, good);
        }
      }
    }
    return bad;
  }

  private static void numbers(List<Bad> bad, Object... numbers) {
    for (Object number : numbers) {
      // An extent or a stride shows in the index that it leads to.
      String orIndex = number.equals(Integer.MAX_VALUE) ? "| on end at index " : "";
      bad.add(new Bad(number.toString(), number, number + orIndex));
    }
  }

  private static void lists(List<Bad> bad, List<?> good) {
    bad.add(new Bad("empty", List.of(), ""));
    List<Object> holed = new ArrayList<>(good);
    holed.add(null);
    bad.add(new Bad("null inside", holed, ""));
  }

  private static void maps(List<Bad> bad, Map<?, ?> good) {
    bad.add(new Bad("empty", new LinkedHashMap<>(), ""));
    Map<Object, Object> holed = new LinkedHashMap<>(good);
    holed.put(good.keySet().iterator().next(), null);
    bad.add(new Bad("null inside", holed, ""));
    Map<Object, Object> nameless = new LinkedHashMap<>(good);
    nameless.put(null, good.values().iterator().next());
    bad.add(new Bad("null key", nameless, ""));
  }

  private static void arrays(List<Bad> bad, Object good) {
    Class<?> type = good.getClass().componentType();
    bad.add(new Bad("empty", Array.newInstance(type, 0), "0"));
    int length = Array.getLength(good);
    if (!type.isPrimitive()) {
      Object holed = Array.newInstance(type, Math.max(length, 1));
      System.arraycopy(good, 0, holed, 0, Math.max(length - 1, 0));
      bad.add(new Bad("null inside", holed, ""));
    }
  }

  private static void views(List<Bad> bad, Object good) {
    switch (good) {
      case FloatMatrix x -> {
        int m = x.rows();
        int n = x.columns();
        bad.add(
            new Bad(
                "a row more",
                FloatMatrix.zeros(m + 1, n),
                (m + 1) + "×" + n + "|" + (m + 1) + "|" + (m + 1) * n));
        bad.add(
            new Bad(
                "a column more",
                FloatMatrix.zeros(m, n + 1),
                m + "×" + (n + 1) + "|" + (n + 1) + "|" + m * (n + 1)));
        bad.add(new Bad("empty", FloatMatrix.zeros(0, 0), "0×0|0"));
      }
      case DoubleMatrix x -> {
        int m = x.rows();
        int n = x.columns();
        bad.add(
            new Bad(
                "a row more",
                DoubleMatrix.zeros(m + 1, n),
                (m + 1) + "×" + n + "|" + (m + 1) + "|" + (m + 1) * n));
        bad.add(
            new Bad(
                "a column more",
                DoubleMatrix.zeros(m, n + 1),
                m + "×" + (n + 1) + "|" + (n + 1) + "|" + m * (n + 1)));
        bad.add(new Bad("empty", DoubleMatrix.zeros(0, 0), "0×0|0"));
      }
      case FloatBatch x -> {
        FloatBatch larger = FloatBatch.of(new float[36], 4, 3, 3);
        bad.add(new Bad("a matrix more", larger, "4"));
        bad.add(new Bad("a row more", FloatBatch.of(new float[36], 3, 4, 3), "4×3"));
        bad.add(new Bad("empty", FloatBatch.of(new float[0], 0, 0, 0), "0"));
      }
      case FloatSpan x -> {
        bad.add(new Bad("longer", FloatSpan.zeros(x.length() + 1), "" + (x.length() + 1)));
        bad.add(new Bad("shorter", FloatSpan.zeros(x.length() - 1), "" + (x.length() - 1)));
      }
      case Labels x -> {
        int length = x.length();
        bad.add(new Bad("longer", Labels.of(new int[length + 1]), "" + (length + 1)));
        bad.add(new Bad("shorter", Labels.of(new int[length - 1]), "" + (length - 1)));
        int[] outside = new int[length];
        outside[1] = 99;
        bad.add(new Bad("a class too many", Labels.of(outside), "99"));
        outside = outside.clone();
        outside[1] = -7;
        bad.add(new Bad("a negative class", Labels.of(outside), "-7"));
      }
      default -> {}
    }
  }

  /** A view like another, but one element further on in the array of a third; null if none fits. */
  static Object overlapping(Object like, Object over) {
    float[] array = array(over);
    if (array == null) {
      return null;
    }
    int offset = offset(over) + 1;
    return switch (like) {
      case FloatMatrix x when fits(array, offset, x.rows() * x.columns()) ->
          FloatMatrix.of(array, offset, x.rows(), x.columns(), x.columns(), 1);
      case FloatSpan x when fits(array, offset, x.length()) ->
          FloatSpan.of(array, offset, x.length());
      default -> null;
    };
  }

  private static boolean fits(float[] array, int offset, int size) {
    return size > 0 && offset + size <= array.length;
  }

  private static int offset(Object view) {
    return switch (view) {
      case FloatMatrix x -> x.offset();
      case FloatSpan x -> x.offset();
      default -> 0;
    };
  }

  /** The array behind a view of floats, or null. */
  static float[] array(Object view) {
    return switch (view) {
      case FloatMatrix x -> x.array();
      case FloatSpan x -> x.array();
      case FloatBatch x -> x.array();
      case null, default -> null;
    };
  }
}

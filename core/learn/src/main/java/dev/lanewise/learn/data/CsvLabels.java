package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels of a CSV file as its lines arrive. */
final class CsvLabels {
  /** Classes that a message shows. */
  private static final int SHOWN = 10;

  /** What stands for a byte that is not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final CsvLines lines;
  private final int field;

  /** Empty if the file is to say which classes there are. */
  private final List<String> given;

  /** An index for each name, in the order of their arrival unless classes are given. */
  private final Map<String, Integer> indices = new HashMap<>();

  private int[] labels = new int[16];
  private int count;

  CsvLabels(CsvLines lines, int field, List<String> given) {
    this.lines = lines;
    this.field = field;
    this.given = given;
    for (String name : given) {
      indices.put(name, indices.size());
    }
  }

  /** Takes the label of the line. */
  void add() throws DataException {
    String name = lines.fields().get(field);
    if (name.isEmpty()) {
      throw lines.error(field, name, "a class");
    }
    if (name.indexOf(REPLACEMENT) >= 0) {
      throw lines.error(field, name, "a class in UTF-8");
    }
    Integer index = indices.get(name);
    if (index == null) {
      if (!given.isEmpty()) {
        throw lines.error(field, name, "one of the classes " + shown());
      }
      index = indices.size();
      indices.put(name, index);
    }
    if (count == labels.length) {
      labels = Capacity.resized(labels, Capacity.grown(count, lines), lines);
    }
    labels[count++] = index;
  }

  private String shown() {
    String all = String.join(", ", given.subList(0, Math.min(SHOWN, given.size())));
    return given.size() > SHOWN ? "%s, ... (%d)".formatted(all, given.size()) : all;
  }

  /** The data set of these labels and their inputs. */
  Dataset dataset(FloatMatrix inputs) throws DataException {
    int[] all = Capacity.resized(labels, count, lines);
    if (!given.isEmpty()) {
      return new Dataset(inputs, Labels.of(all), given);
    }
    List<String> names = ClassNames.inOrder(indices.keySet());
    int[] renumbered = new int[names.size()];
    for (int i = 0; i < renumbered.length; i++) {
      renumbered[indices.get(names.get(i))] = i;
    }
    for (int i = 0; i < count; i++) {
      all[i] = renumbered[all[i]];
    }
    return new Dataset(inputs, Labels.of(all), names);
  }
}

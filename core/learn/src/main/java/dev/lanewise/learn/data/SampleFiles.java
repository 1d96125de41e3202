package dev.lanewise.learn.data;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.internal.Checks;
import java.nio.file.Path;
import java.util.List;

/**
 * Inputs that lie in one file, and their labels, which lie in another.
 *
 * @param count where the file of the labels says how many there are, for messages
 */
record SampleFiles(Path inputs, Path labels, String count) {
  /** Classes that labels without names can have, as each class takes memory. */
  static final int MOST_CLASSES = 1 << 16;

  /** Neither file is null. */
  SampleFiles {
    Checks.notNull("samples", "file of inputs", inputs);
    Checks.notNull("samples", "file of labels", labels);
  }

  /** The data set with the classes 0, 1, ... to the largest label. */
  Dataset join(FloatMatrix x, Labels y) throws DataException {
    int largest = -1;
    for (int i = 0; i < y.length(); i++) {
      largest = Math.max(largest, y.get(i));
    }
    return join(x, y, ClassNames.numbered(largest + 1));
  }

  /** The data set, if each row has a label. */
  Dataset join(FloatMatrix x, Labels y, List<String> classes) throws DataException {
    if (x.rows() != y.length()) {
      throw new DataException(
          labels + count,
          y.length() + " labels",
          "%d, one for each sample in %s".formatted(x.rows(), inputs));
    }
    return new Dataset(x, y, classes);
  }
}

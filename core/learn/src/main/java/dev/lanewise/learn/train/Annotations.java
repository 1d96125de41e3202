package dev.lanewise.learn.train;

import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.train.SafeTensors.Tensor;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a checkpoint holds beside a run's own state, so that a reader can use it.
 *
 * @param tensors tensors by name
 * @param texts texts by name
 */
public record Annotations(
    SequencedMap<String, Tensor> tensors, SequencedMap<String, String> texts) {
  /** Nothing. */
  static final Annotations NONE = new Annotations(new LinkedHashMap<>(), new LinkedHashMap<>());

  /** Copies the maps. */
  public Annotations {
    tensors = Checks.copy("Annotations", "tensors", tensors);
    texts = Checks.copy("Annotations", "texts", texts);
  }
}

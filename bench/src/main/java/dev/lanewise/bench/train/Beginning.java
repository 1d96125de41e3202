package dev.lanewise.bench.train;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.train.Annotations;
import dev.lanewise.learn.train.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a training run was begun with: all that its bits follow from. It is in the model file, so
 * that a run is gone on with as it was begun or not at all.
 *
 * @param settings values by option
 */
public record Beginning(SequencedMap<String, String> settings) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEY = "lanewise.command";

  /** Copies the map. */
  public Beginning {
    settings = new LinkedHashMap<>(settings);
  }

  /** Annotations with this among them. */
  Annotations in(Annotations others) {
    SequencedMap<String, String> texts = new LinkedHashMap<>(others.texts());
    texts.put(KEY, JSON.writeValueAsString(settings));
    return new Annotations(others.tensors(), texts);
  }

  /**
   * Refuses to go on with a run that was begun otherwise.
   *
   * @param model the model file
   * @throws IOException if it cannot be read, or is of another run; the message says what differs
   */
  void checkSameAs(Path model) throws IOException {
    String text = SafeTensors.read(model).metadata().get(KEY);
    if (text == null) {
      throw new DataException(model + " is no model that train has written; it has no " + KEY);
    }
    Map<String, String> begun;
    try {
      begun = JSON.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JacksonException e) {
      throw new DataException("%s: %s: %s".formatted(model, KEY, e.getOriginalMessage()), e);
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String before = begun.get(setting.getKey());
      if (!setting.getValue().equals(before)) {
        throw new DataException(
            "%s cannot be gone on with: it was begun with %s %s, and here it is %s"
                .formatted(model, setting.getKey(), before, setting.getValue()));
      }
    }
  }
}

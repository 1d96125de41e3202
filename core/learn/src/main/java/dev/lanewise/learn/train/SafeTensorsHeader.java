package dev.lanewise.learn.train;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.train.SafeTensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** What precedes the data of a safetensors file: which tensor lies where, and the metadata. */
record SafeTensorsHeader(List<Entry> entries, SequencedMap<String, String> metadata) {
  /** The property that is no tensor. */
  static final String METADATA = "__metadata__";

  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String DATA_OFFSETS = "data_offsets";
  static final String F32 = "F32";

  /** The bytes that hold the length of the JSON text. */
  static final int LENGTH_BYTES = Long.BYTES;

  /** The limit of the format for the JSON text. */
  static final int MAX_BYTES = 100_000_000;

  /** The text is padded so that the data begins at a multiple of this. */
  private static final int ALIGNMENT = 8;

  private static final int SHOWN_CHARACTERS = 80;

  /** A name may be as long as the text, and none is kept from one file to the next. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(MAX_BYTES)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .build();

  /**
   * A tensor's place: its bytes are [begin, end) of the data.
   *
   * @param size the number of elements
   */
  record Entry(String name, List<Integer> shape, int size, long begin, long end) {}

  /** The file's first bytes: the length of the text, and the text with its padding. */
  static byte[] encode(Map<String, Tensor> tensors, Map<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[LENGTH_BYTES]);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectPropertyStart(METADATA);
        metadata.forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      long begin = 0;
      for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
        Tensor tensor = named.getValue();
        long end = begin + (long) tensor.size() * Float.BYTES;
        json.writeObjectPropertyStart(named.getKey());
        json.writeStringProperty(DTYPE, F32);
        json.writeArrayPropertyStart(SHAPE);
        tensor.shape().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart(DATA_OFFSETS);
        json.writeNumber(begin);
        json.writeNumber(end);
        json.writeEndArray();
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    byte[] header = bytes.toByteArray();
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length - LENGTH_BYTES);
    return header;
  }

  /**
   * The tensors in the order of their bytes, which cover the data without overlap or hole.
   *
   * @param file for messages
   * @param dataBytes what follows the header in the file
   */
  List<Entry> inOrderOfData(String file, long dataBytes) throws DataException {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : ordered) {
      if (entry.begin != covered) {
        throw new DataException(
            "%s: tensor %s begins at byte %d of the data; expected %d, where the one before ends"
                .formatted(file, shown(entry.name), entry.begin, covered));
      }
      covered = entry.end;
    }
    if (covered != dataBytes) {
      throw new DataException(
          "%s: the tensors take %d bytes of data, but %d bytes follow the header"
              .formatted(file, covered, dataBytes));
    }
    return ordered;
  }

  /** Whether a text can be written as UTF-8: every surrogate has its other half. */
  static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** A name in quotes, for messages, and not all of a long one. */
  static String shown(String name) {
    return name.length() <= SHOWN_CHARACTERS
        ? '"' + name + '"'
        : '"' + name.substring(0, SHOWN_CHARACTERS) + "...\"";
  }
}

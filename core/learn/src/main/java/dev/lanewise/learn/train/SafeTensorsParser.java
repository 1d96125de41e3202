package dev.lanewise.learn.train;

import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.train.SafeTensorsHeader.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads the text of a {@link SafeTensorsHeader}: one pass over its tokens, each of which must be
 * the one that the format has there. Nothing nests, so nothing recurses; what is kept is
 * proportional to the text.
 */
final class SafeTensorsParser {
  private final String file;
  private final JsonParser json;
  private final List<Entry> entries = new ArrayList<>();
  private final SequencedMap<String, String> metadata = new LinkedHashMap<>();

  private SafeTensorsParser(String file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  /**
   * The header that a text is.
   *
   * @param file for messages
   * @param utf8 the text
   */
  static SafeTensorsHeader parse(String file, byte[] utf8) throws DataException {
    if (utf8.length == 0 || utf8[0] != '{') {
      throw new DataException(
          "%s: the header begins with %s; expected {"
              .formatted(file, utf8.length == 0 ? "nothing" : "byte 0x%02x".formatted(utf8[0])));
    }
    String text = decode(file, utf8);
    try (JsonParser json = SafeTensorsHeader.JSON.createParser(ObjectReadContext.empty(), text)) {
      return new SafeTensorsParser(file, json).header();
    } catch (JacksonException e) {
      String place =
          e.getLocation() == null ? "" : " at character " + e.getLocation().getCharOffset();
      throw new DataException(
          "%s: the header is not the JSON of the format%s: %s"
              .formatted(file, place, e.getOriginalMessage()),
          e);
    }
  }

  private static String decode(String file, byte[] utf8) throws DataException {
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new DataException(
          "%s: the header is not UTF-8 at byte %d of the file"
              .formatted(file, SafeTensorsHeader.LENGTH_BYTES + bytes.position()),
          e);
    }
  }

  private SafeTensorsHeader header() throws DataException {
    expect("the header", JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      expect(SafeTensorsHeader.shown(name), JsonToken.START_OBJECT);
      if (name.equals(SafeTensorsHeader.METADATA)) {
        metadata();
      } else {
        entries.add(entry(name));
      }
    }
    if (json.nextToken() != null) {
      throw unexpected("the end of the header", "nothing but spaces");
    }
    return new SafeTensorsHeader(entries, metadata);
  }

  private void metadata() throws DataException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      String what = "the metadata's " + SafeTensorsHeader.shown(key);
      expect(what, JsonToken.VALUE_STRING);
      metadata.put(key, unicode(what, json.getString()));
    }
  }

  private Entry entry(String name) throws DataException {
    String tensor = "tensor " + SafeTensorsHeader.shown(name);
    String dtype = null;
    List<Integer> shape = null;
    List<Long> offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      switch (json.currentName()) {
        case SafeTensorsHeader.DTYPE -> dtype = dtype(tensor);
        case SafeTensorsHeader.SHAPE -> shape = shape(tensor);
        case SafeTensorsHeader.DATA_OFFSETS -> offsets = numbers(tensor + ", data_offsets", 2);
        default ->
            throw new DataException(
                "%s: %s has a field %s; expected dtype, shape and data_offsets"
                    .formatted(file, tensor, SafeTensorsHeader.shown(json.currentName())));
      }
    }
    if (dtype == null || shape == null || offsets == null) {
      String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
      throw new DataException("%s: %s has no %s".formatted(file, tensor, missing));
    }
    return entry(name, shape, offsets);
  }

  private Entry entry(String name, List<Integer> shape, List<Long> offsets) throws DataException {
    String tensor = "tensor " + SafeTensorsHeader.shown(name);
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw new DataException(
          "%s: %s has data_offsets %s; expected a begin and an end not before it"
              .formatted(file, tensor, offsets));
    }
    long begin = offsets.get(0);
    long end = offsets.get(1);
    int size = size(tensor, shape);
    if (end - begin != (long) size * Float.BYTES) {
      throw new DataException(
          "%s: %s has the bytes %d to %d of the data, which are %d; its %d elements of F32 take %d"
              .formatted(file, tensor, begin, end, end - begin, size, (long) size * Float.BYTES));
    }
    return new Entry(name, shape, size, begin, end);
  }

  private int size(String tensor, List<Integer> shape) throws DataException {
    long size = SafeTensors.size(shape);
    if (size < 0 || size > Checks.LARGEST_ARRAY) {
      throw new DataException(
          "%s: %s has %s elements; at most %d are read"
              .formatted(file, tensor, size < 0 ? "more than 2^63" : size, Checks.LARGEST_ARRAY));
    }
    return (int) size;
  }

  private String dtype(String tensor) throws DataException {
    expect(tensor + ", dtype", JsonToken.VALUE_STRING);
    String dtype = json.getString();
    if (!dtype.equals(SafeTensorsHeader.F32)) {
      throw new DataException(
          "%s: %s has dtype %s; only F32 is read"
              .formatted(file, tensor, SafeTensorsHeader.shown(dtype)));
    }
    return dtype;
  }

  private List<Integer> shape(String tensor) throws DataException {
    List<Integer> shape = new ArrayList<>();
    for (long extent : numbers(tensor + ", shape", Integer.MAX_VALUE)) {
      if (extent > Integer.MAX_VALUE) {
        throw new DataException(
            "%s: %s has an extent of %d; at most %d are read"
                .formatted(file, tensor, extent, Integer.MAX_VALUE));
      }
      shape.add((int) extent);
    }
    return List.copyOf(shape);
  }

  /** An array of integers that are not negative. */
  private List<Long> numbers(String what, int most) throws DataException {
    expect(what, JsonToken.START_ARRAY);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || numbers.size() == most) {
        throw unexpected(what, "an integer, or ] after at most " + most);
      }
      long number = json.getLongValue();
      if (number < 0) {
        throw unexpected(what, "a number that is not negative");
      }
      numbers.add(number);
    }
    return List.copyOf(numbers);
  }

  private void expect(String what, JsonToken expected) throws DataException {
    if (json.nextToken() != expected) {
      throw unexpected(what, expected.toString());
    }
  }

  private DataException unexpected(String what, String expected) {
    return new DataException(
        "%s: %s, at character %d of the header, is %s; expected %s"
            .formatted(
                file,
                what,
                json.currentTokenLocation().getCharOffset(),
                json.currentToken(),
                expected));
  }

  /** Jackson sees half a surrogate pair in names, not in values. */
  private String unicode(String what, String text) throws DataException {
    if (!SafeTensorsHeader.isUnicode(text)) {
      throw new DataException("%s: %s has half a surrogate pair".formatted(file, what));
    }
    return text;
  }
}

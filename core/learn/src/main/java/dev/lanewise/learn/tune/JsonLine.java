package dev.lanewise.learn.tune;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of a journal: a JSON object, whose properties are read as what they should be or refused.
 *
 * @param object the object
 */
record JsonLine(JsonNode object) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A line that is none of a journal; the message says why. */
  static final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    Damage(String message) {
      super(message);
    }
  }

  /** An object to be written, without properties yet. */
  static ObjectNode newObject() {
    return JSON.createObjectNode();
  }

  /** An object with the values of an assignment. */
  static ObjectNode values(Assignment assignment) {
    ObjectNode values = newObject();
    assignment.values().forEach((name, value) -> put(values, name, value));
    return values;
  }

  /** Adds a parameter's value. */
  static void put(ObjectNode object, String name, Object value) {
    switch (value) {
      case Double number -> object.put(name, number);
      case Integer number -> object.put(name, number);
      case Object text -> object.put(name, text.toString());
    }
  }

  static JsonLine parse(byte[] line) throws Damage {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      JsonNode node = JSON.readTree(text);
      if (!node.isObject()) {
        throw new Damage("it is no JSON object");
      }
      return new JsonLine(node);
    } catch (CharacterCodingException e) {
      throw new Damage("it is no UTF-8");
    } catch (JacksonException e) {
      throw new Damage("it is no JSON: " + e.getOriginalMessage());
    }
  }

  boolean has(String name) {
    return object.has(name);
  }

  JsonNode property(String name) throws Damage {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new Damage("\"%s\" is missing".formatted(name));
    }
    return value;
  }

  int integer(String name) throws Damage {
    JsonNode value = property(name);
    if (!value.isInt()) {
      throw new Damage("\"%s\" is %s; expected an integer".formatted(name, value));
    }
    return value.intValue();
  }

  double number(String name) throws Damage {
    JsonNode value = property(name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new Damage("\"%s\" is %s; expected a finite number".formatted(name, value));
    }
    return value.doubleValue();
  }

  String text(String name) throws Damage {
    JsonNode value = property(name);
    if (!value.isString()) {
      throw new Damage("\"%s\" is %s; expected a text".formatted(name, value));
    }
    return value.stringValue();
  }
}

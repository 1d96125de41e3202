package dev.lanewise.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * What pages are made of, so that each needs nothing else: styles, scripts, ECharts and all data
 * are in it, and its content security policy forbids it any request.
 */
final class PageTemplate {
  private static final Pattern SLOT = Pattern.compile("\\{\\{([\\w.]+)}}");
  private static final JsonMapper JSON = new JsonMapper();

  private PageTemplate() {}

  /**
   * A template with its slots filled: those of scripts of type {@code application/json} with the
   * data of their names, the others with the resources of their names.
   */
  static String fill(String template, Map<String, Object> data) {
    return SLOT.matcher(resource(template))
        .replaceAll(
            slot -> {
              String name = slot.group(1);
              return Matcher.quoteReplacement(
                  data.containsKey(name) ? json(data.get(name)) : resource(name));
            });
  }

  /** No text in it ends the script. */
  private static String json(Object data) {
    return JSON.writeValueAsString(data).replace("<", "\\u003c");
  }

  private static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

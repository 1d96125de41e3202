package dev.lanewise.bench.report;

import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results as one page that needs nothing else: styles, scripts, ECharts and all data are in it, and
 * its content security policy forbids it any request.
 */
public final class Page {
  private static final Pattern SLOT = Pattern.compile("\\{\\{([\\w.]+)}}");
  private static final JsonMapper JSON = new JsonMapper();

  private Page() {}

  /**
   * The page.
   *
   * @param results what it shows
   * @return HTML in UTF-8
   */
  public static String html(Results results) {
    return fill(
        "report.html",
        Map.of("data", script(ReportData.of(results)), "results", ResultsFile.toJson(results)));
  }

  /** Data for a script of type {@code application/json}. */
  static String script(Object data) {
    return JSON.writeValueAsString(data);
  }

  /**
   * A template with its slots filled: those of JSON with the values, which are made harmless, the
   * others with the resource of that name.
   */
  static String fill(String template, Map<String, String> json) {
    return SLOT.matcher(resource(template))
        .replaceAll(
            slot -> {
              String name = slot.group(1);
              return Matcher.quoteReplacement(
                  json.containsKey(name)
                      ? json.get(name).replace("<", "\\u003c") // No end of the script in a string.
                      : resource(name));
            });
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

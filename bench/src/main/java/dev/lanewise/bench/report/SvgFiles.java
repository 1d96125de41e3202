package dev.lanewise.bench.report;

import dev.lanewise.bench.result.Results;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Charts of the page as pictures of their own, light and dark. */
final class SvgFiles {
  private static final Pattern PICTURES = Pattern.compile("<pre id=\"pictures\">([^<]+)</pre>");

  private SvgFiles() {}

  /**
   * A chart.
   *
   * @param name the start of a file's name
   * @param title what it shows
   * @param light for light backgrounds
   * @param dark for dark ones
   */
  record Picture(String name, String title, String light, String dark) {}

  /**
   * Draws charts.
   *
   * @param results what they show
   * @param browser what draws
   * @return those for which there are figures, in the order of the page
   * @throws IOException if the browser fails
   */
  static List<Picture> draw(Results results, Browser browser) throws IOException {
    Path page = Files.createTempFile("lanewise", ".html");
    try {
      Files.writeString(
          page, PageTemplate.fill("svg.html", Map.of("data", ReportData.of(results))));
      String dom = browser.dom(page);
      Matcher pictures = PICTURES.matcher(dom);
      if (!pictures.find()) {
        throw new IOException(browser.program() + " drew nothing: " + messages(dom));
      }
      String json = URLDecoder.decode(pictures.group(1), StandardCharsets.UTF_8);
      return List.of(new JsonMapper().readValue(json, Picture[].class));
    } finally {
      Files.delete(page);
    }
  }

  private static String messages(String dom) {
    Matcher message = Pattern.compile("<pre id=\"problem\">([^<]*)</pre>").matcher(dom);
    return message.find() ? message.group(1) : "the page did not run";
  }
}

package dev.lanewise.suite.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lanewise.bench.report.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in a page, and what a Chromium makes of it: that is in the page's hidden status. */
final class Pages {
  /** Text that ends a script, asks for something and is a slot of the template. */
  static final String HOSTILE =
      "</script><img src=http://x.example/ onerror=console.error(1)>{{data}}";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern STATUS = Pattern.compile("<p id=\"status\" hidden=\"\">([^<]*)</p>");
  private static final Pattern EMBEDDED =
      Pattern.compile("<script type=\"application/json\" id=\"(\\w+)\">(.*?)</script>");
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "\\bsrc\\s*=|\\bhref=\"[^#]|url\\((?!url\\))|@import|fetch\\(|XMLHttp|https?:(?!//www.w3.org/)");

  private Pages() {}

  /** The data of a page's script. */
  static JsonNode data(String page) {
    return embedded(page, "data");
  }

  /** What a page holds by a name. */
  static JsonNode embedded(String page, String id) {
    return EMBEDDED
        .matcher(page)
        .results()
        .filter(script -> script.group(1).equals(id))
        .map(script -> JSON.readTree(script.group(2)))
        .findFirst()
        .orElseThrow();
  }

  /** A page asks for nothing, and what was {@link #HOSTILE} in its data stays text. */
  static void assertSelfContained(String page) {
    assertFalse(page.contains("<img src=http"), "an element that the template does not have");
    assertTrue(page.contains("content=\"default-src 'none';"), "a policy that forbids requests");
    // ECharts' own text names addresses and asks for none; data are text.
    String template = EMBEDDED.matcher(page).replaceAll("");
    int library = template.indexOf("Licensed to the Apache Software Foundation");
    int end = template.indexOf("</script>", library);
    assertTrue(library > 0 && end > library);
    String ours = template.substring(0, library) + template.substring(end);
    Matcher outside = OUTSIDE.matcher(ours);
    assertFalse(
        outside.find(),
        () -> ours.substring(Math.max(0, outside.start() - 40), outside.end() + 40));
  }

  /** Without a browser the tests are skipped, and the skip says why. */
  static Browser browser() {
    try {
      return Browser.find(System.getenv());
    } catch (IOException e) {
      return abort(e.getMessage());
    }
  }

  /** The browser's document. */
  static String dom(Path folder, String page, String... options) throws IOException {
    return browser().dom(Files.writeString(folder.resolve("page.html"), page), options);
  }

  /** What the document says of itself. */
  static JsonNode status(String dom) {
    Matcher status = STATUS.matcher(dom);
    assertTrue(status.find(), "the page has a status");
    return JSON.readTree(
        status.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
  }

  /** Nothing went wrong, nothing was asked for, and nothing is wider than the window. */
  static void assertNoProblem(JsonNode status) {
    assertEquals(List.of(), strings(status.path("problems")));
    assertEquals(List.of(), strings(status.path("requests")));
    assertEquals(0, status.path("width").asInt(), "nothing is wider than the window");
  }

  static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}

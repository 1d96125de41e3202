package dev.lanewise.bench.report;

import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.StudyResult;
import java.util.List;

/** A study as one page that needs nothing else. */
public final class StudyPage {
  private StudyPage() {}

  /**
   * The page.
   *
   * @param facts what was studied, by name
   * @param space what was searched
   * @param result what was found
   * @return HTML in UTF-8
   */
  public static String html(List<List<String>> facts, Space space, StudyResult result) {
    return "<!doctype html><title>Study</title><script type=\"application/json\">"
        + Page.script(List.of(facts, space.toString(), result.outcomes().size()))
            .replace("<", "\\u003c")
        + "</script>\n";
  }
}

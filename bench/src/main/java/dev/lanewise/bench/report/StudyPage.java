package dev.lanewise.bench.report;

import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.StudyResult;
import java.util.List;
import java.util.Map;

/** A study of hyperparameters as one page that needs nothing else. */
public final class StudyPage {
  private StudyPage() {}

  /** All that the page shows. */
  private record Data(List<List<String>> facts) {}

  /**
   * The page.
   *
   * @param facts what was searched, by name
   * @param space the parameters
   * @param result the trials
   * @return HTML in UTF-8
   */
  public static String html(List<List<String>> facts, Space space, StudyResult result) {
    return Page.fill("study.html", Map.of("data", Page.script(new Data(facts))));
  }
}

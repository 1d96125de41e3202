package dev.lanewise.bench.report;

import dev.lanewise.bench.result.Results;
import java.util.Map;

/** Results as one page that needs nothing else. */
public final class ResultsPage {
  private ResultsPage() {}

  /**
   * The page.
   *
   * @param results what it shows
   * @return HTML in UTF-8
   */
  public static String html(Results results) {
    return PageTemplate.fill(
        "report.html", Map.of("data", ReportData.of(results), "results", results));
  }
}

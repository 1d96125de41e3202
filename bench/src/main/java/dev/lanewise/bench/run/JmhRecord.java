package dev.lanewise.bench.run;

import java.util.Map;
import org.openjdk.jmh.util.ListStatistics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeCreator;
import tools.jackson.databind.node.ObjectNode;

/** JMH's JSON record of a benchmark, put together from runs of one fork each. */
public final class JmhRecord {
  /** Of the errors and intervals that JMH prints. */
  private static final double CONFIDENCE = 0.999;

  private JmhRecord() {}

  /**
   * The record that JMH would have written of all forks.
   *
   * @param record of the forks so far
   * @param fork of one more fork of the same benchmark
   * @return a new record
   */
  public static JsonNode append(JsonNode record, JsonNode fork) {
    ObjectNode sum = (ObjectNode) record.deepCopy();
    sum.put("forks", record.path("forks").asInt() + fork.path("forks").asInt());
    append((ObjectNode) sum.get("primaryMetric"), fork.get("primaryMetric"));
    ObjectNode metrics = (ObjectNode) sum.get("secondaryMetrics");
    for (Map.Entry<String, JsonNode> metric : fork.path("secondaryMetrics").properties()) {
      if (metrics.has(metric.getKey())) {
        append((ObjectNode) metrics.get(metric.getKey()), metric.getValue());
      } else {
        metrics.set(metric.getKey(), metric.getValue().deepCopy());
      }
    }
    return sum;
  }

  private static void append(ObjectNode metric, JsonNode fork) {
    ArrayNode rows = (ArrayNode) metric.get("rawData");
    fork.path("rawData").forEach(row -> rows.add(row.deepCopy()));
    ListStatistics statistics = new ListStatistics();
    rows.forEach(row -> row.forEach(value -> statistics.addValue(value.asDouble())));
    metric.set("score", number(metric, statistics.getMean()));
    metric.set("scoreError", number(metric, statistics.getMeanErrorAt(CONFIDENCE)));
    ArrayNode interval = metric.putArray("scoreConfidence");
    for (double end : statistics.getConfidenceIntervalAt(CONFIDENCE)) {
      interval.add(number(metric, end));
    }
    ObjectNode percentiles = (ObjectNode) metric.get("scorePercentiles");
    for (String rank : percentiles.propertyNames()) {
      percentiles.set(rank, number(metric, statistics.getPercentile(Double.parseDouble(rank))));
    }
  }

  /** JSON has no NaN; JMH writes it as a string. */
  private static JsonNode number(JsonNodeCreator nodes, double value) {
    return Double.isNaN(value) ? nodes.stringNode("NaN") : nodes.numberNode(value);
  }
}

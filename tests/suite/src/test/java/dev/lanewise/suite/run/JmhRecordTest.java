package dev.lanewise.suite.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.bench.run.JmhRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JmhRecordTest {
  /** A record of two forks, taken apart and put together again, is JMH's own. */
  @Test
  void forksTogetherGiveTheRecordOfJmh() throws Exception {
    ObjectNode both = recordOfTwoForks();
    JsonNode appended = JmhRecord.append(fork(both, 0), fork(both, 1));
    assertEquals(2, appended.path("forks").asInt());
    assertEquals(both.get("primaryMetric"), appended.get("primaryMetric"));
    String allocation = "gc.alloc.rate.norm";
    assertEquals(
        both.path("secondaryMetrics").get(allocation),
        appended.path("secondaryMetrics").get(allocation));
  }

  /** Such as the time of collections, of which there may have been none in the first fork. */
  @Test
  void aMetricThatOnlyALaterForkHasIsKept() {
    JsonMapper json = new JsonMapper();
    String primary = "\"primaryMetric\": {\"rawData\": [[1.0]], \"scorePercentiles\": {}}";
    JsonNode first =
        json.readTree("{\"forks\": 1, %s, \"secondaryMetrics\": {}}".formatted(primary));
    JsonNode second =
        json.readTree(
            "{\"forks\": 1, %s, \"secondaryMetrics\": {\"gc.time\": {\"score\": 5.0}}}"
                .formatted(primary));
    JsonNode appended = JmhRecord.append(first, second);
    assertEquals(5.0, appended.path("secondaryMetrics").path("gc.time").path("score").asDouble());
    assertEquals(0, first.path("secondaryMetrics").size());
  }

  /** One fork's record; its score is wrong, so that it must be computed anew. */
  private static ObjectNode fork(ObjectNode both, int index) {
    ObjectNode fork = both.deepCopy();
    fork.put("forks", 1);
    keepRow((ObjectNode) fork.get("primaryMetric"), index);
    fork.path("secondaryMetrics").forEach(metric -> keepRow((ObjectNode) metric, index));
    return fork;
  }

  private static void keepRow(ObjectNode metric, int index) {
    ArrayNode rows = metric.arrayNode().add(metric.path("rawData").path(index));
    metric.set("rawData", rows);
    metric.put("score", -1.0);
  }

  private static ObjectNode recordOfTwoForks() throws Exception {
    Options options =
        new OptionsBuilder()
            .include("ReluBenchmark\\.naive$")
            .param("shape", "5x7")
            .forks(2)
            .warmupIterations(0)
            .measurementIterations(4)
            .measurementTime(TimeValue.milliseconds(10))
            .addProfiler(GCProfiler.class)
            .build();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
      Collection<RunResult> results =
          new Runner(options, OutputFormatFactory.createFormatInstance(out, VerboseMode.SILENT))
              .run();
      text.reset();
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    return (ObjectNode) new JsonMapper().readTree(text.toString(StandardCharsets.UTF_8)).get(0);
  }
}

package dev.lanewise.suite.spark;

import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Sampler;
import dev.lanewise.learn.tune.Space;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.spark.SparkObjective;
import dev.lanewise.spark.SparkStudy;
import dev.lanewise.suite.spark.ScalingCase.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Search and training with 1 and 2 executors of one core each, and a model of what a step of
 * training takes: computing / executors + latency + bytes / bandwidth. Bytes are the variables,
 * once to each executor, and a gradient from each shard.
 *
 * <p>To run it: {@code java dev.lanewise.suite.spark.Scaling [seconds [key=value ...]]} with the
 * class path of the tests, and the options and environment that the module's {@code pom.xml} gives
 * Surefire. It prints a table of steps, the search's trials per second, and the fitted model.
 */
final class Scaling {
  /** After some thousand jobs one takes 10 ms rather than 40. */
  private static final double WARM_UP_SECONDS = 10;

  private static final List<ScalingCase> CASES =
      List.of(
          new ScalingCase(64, List.of(128, 128), 256),
          new ScalingCase(64, List.of(128, 128), 4096),
          new ScalingCase(784, List.of(512, 512), 256),
          new ScalingCase(784, List.of(512, 512), 2048),
          new ScalingCase(784, List.of(1024, 1024), 1024),
          new ScalingCase(784, List.of(2048, 2048), 1024));

  /** A step on a number of executors. */
  private record Measured(ScalingCase network, int parameters, int executors, Step step) {
    double megabytes() {
      return 4e-6 * parameters * (executors + ScalingCase.SHARDS);
    }
  }

  private Scaling() {}

  /** Takes the seconds of each measurement, and then settings of Spark as {@code key=value}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    double seconds = arguments.length == 0 ? 4 : Double.parseDouble(arguments[0]);
    Map<String, Object> settings = new HashMap<>();
    for (int i = 1; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      settings.put(parts[0], parts[1]);
    }
    System.out.println("Settings: " + settings);
    List<Step> locals = new ArrayList<>();
    for (ScalingCase network : CASES) {
      locals.add(network.local(seconds));
    }
    List<Measured> all = new ArrayList<>();
    System.out.println(
        "| network | parameters | batch | executors | step ms | computing | driver | Spark | share"
            + " not computing | local step | times local |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (int executors = 1; executors <= 2; executors++) {
      try (Cluster cluster = new Cluster(executors, 1, settings)) {
        CASES.getFirst().on(cluster.session(), WARM_UP_SECONDS); // Spark's own code, most of it
        for (int i = 0; i < CASES.size(); i++) {
          ScalingCase network = CASES.get(i);
          Step step = network.on(cluster.session(), seconds);
          Measured measured = new Measured(network, network.parameters(), executors, step);
          all.add(measured);
          System.out.println(row(measured, locals.get(i)));
        }
        search(cluster.session(), executors, seconds);
      }
    }
    fit(all);
  }

  private static String row(Measured measured, Step local) {
    Step step = measured.step;
    return "| %s | %d | %d | %d | %.2f | %.2f | %.2f | %.2f | %.0f %% | %.2f | %.2f |"
        .formatted(
            measured.network.name(),
            measured.parameters,
            measured.network.batch(),
            measured.executors,
            step.all(),
            step.computing(),
            step.driver(),
            step.communicating(),
            100 * (1 - step.computing() / step.all()),
            local.all(),
            local.all() / step.all());
  }

  /** Trials that each train for as many steps; their scores are the seconds that they computed. */
  private static void search(SparkSession session, int executors, double seconds)
      throws IOException {
    int epochs = (int) Math.ceil(40 * seconds);
    SparkObjective training =
        trial -> {
          long start = System.nanoTime();
          new ScalingCase(64, List.of(128, 128), 256).train(epochs);
          return 1e-9 * (System.nanoTime() - start);
        };
    Space space = Space.empty().uniform("any", 0, 1);
    Study study = Study.of(space, Sampler.random(8), training).withWorkers(executors);
    SparkStudy.of(session, study).run(); // until its code is compiled
    long start = System.nanoTime();
    List<Outcome> outcomes = SparkStudy.of(session, study).run().outcomes();
    double wall = 1e-9 * (System.nanoTime() - start);
    double computing = outcomes.stream().mapToDouble(Outcome::score).sum();
    System.out.printf(
        "search, %d executors: %d trials in %.2f s, %.2f trials/s, %.1f %% not computing%n",
        executors,
        outcomes.size(),
        wall,
        outcomes.size() / wall,
        100 * (1 - computing / (wall * executors)));
  }

  /**
   * Least squares of what Spark takes, each relative to itself: latency + megabytes / bandwidth.
   */
  private static void fit(List<Measured> all) {
    double ww = 0;
    double wx = 0;
    double xx = 0;
    double w = 0;
    double x = 0;
    for (Measured one : all) {
      double weight = 1 / one.step.communicating();
      double scaled = weight * one.megabytes();
      ww += weight * weight;
      wx += weight * scaled;
      xx += scaled * scaled;
      w += weight;
      x += scaled;
    }
    double determinant = ww * xx - wx * wx;
    double latency = (w * xx - x * wx) / determinant;
    double perMegabyte = (x * ww - w * wx) / determinant;
    System.out.printf(
        "model: step = computing + driver + %.2f ms + MB / (%.0f MB/s)%n",
        latency, 1000 / perMegabyte);
    for (Measured one : all) {
      double modelled =
          one.step.computing() + one.step.driver() + latency + perMegabyte * one.megabytes();
      System.out.printf(
          "  %s, batch %d, %d executors: %.2f ms, by the model %.2f ms%n",
          one.network.name(), one.network.batch(), one.executors, one.step.all(), modelled);
    }
  }
}

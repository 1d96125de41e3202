package dev.lanewise.bench.report;

import dev.lanewise.bench.console.Fact;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.result.Figures;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.Roofs;
import dev.lanewise.bench.result.SpeedUp;
import dev.lanewise.bench.result.WarmupCurve;
import java.util.List;

/** All that a page shows beside the raw results, in the order in which it does. */
record ReportData(
    List<Fact> facts,
    List<String> warnings,
    List<String> strongest,
    List<Loss> losses,
    List<Implementation> implementations,
    List<Charts.Speeds> speeds,
    Charts.SpeedUps speedUps,
    Charts.SpeedUps fewSpeedUps,
    List<Charts.Roofline> rooflines,
    List<String> above,
    List<Charts.Warmup> warmups,
    List<Table> figures,
    List<Table> calibration,
    Table environment,
    Table peers,
    List<String> method) {

  /** A case that lanewise loses. */
  record Loss(String text, boolean decided) {}

  /** An implementation of the charts; peers and parallel ones are told apart by their looks. */
  record Implementation(String name, boolean peer, boolean parallel) {}

  static ReportData of(Results results) {
    ResultsText text = ResultsText.of(results);
    Figures figures = text.figures();
    Roofs roofs = text.roofs();
    return new ReportData(
        facts(results, text),
        text.warnings(),
        text.strongest(),
        losses(text.losses()),
        implementations(figures),
        Charts.speeds(figures, roofs),
        Charts.speedUps(figures),
        Charts.fewSpeedUps(figures),
        Charts.rooflines(figures, roofs, results.environment().processor()),
        text.above(),
        Charts.warmups(WarmupCurve.of(results)),
        Tables.figures(figures, roofs),
        List.of(Tables.peaks(roofs), Tables.bandwidths(roofs, results.environment().processor())),
        Tables.environment(results.environment()),
        Tables.peers(results),
        text.method());
  }

  private static List<Fact> facts(Results results, ResultsText text) {
    Environment environment = results.environment();
    return List.of(
        new Fact(
            "Machine",
            "%s, %d processors"
                .formatted(environment.processor().model(), environment.processor().available())),
        new Fact("JDK", environment.jvm().version() + ", " + environment.jvm().vendor()),
        new Fact("Lanewise", Tables.code(environment)),
        new Fact("Started", results.started()),
        new Fact(
            "Run",
            "%s, rounds %d of %d"
                .formatted(
                    results.settings().full() ? "full" : "quick",
                    results.rounds(),
                    results.settings().rounds())),
        new Fact("Command", text.commandLine()));
  }

  private static List<Loss> losses(List<SpeedUp> losses) {
    return losses.stream().map(s -> new Loss(ResultsText.sentence(s), s.isDecided())).toList();
  }

  private static List<Implementation> implementations(Figures figures) {
    return figures.all().stream()
        .filter(f -> !f.isYardstick())
        .map(f -> new Implementation(f.implementation(), f.isPeer(), f.isParallel()))
        .distinct()
        .toList();
  }
}

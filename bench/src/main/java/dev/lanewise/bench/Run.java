package dev.lanewise.bench;

import dev.lanewise.bench.console.Argument;
import dev.lanewise.bench.console.Limits;
import dev.lanewise.bench.console.OnInterrupt;
import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.bench.console.Terminal;
import dev.lanewise.bench.jmh.MultiplyAdds;
import dev.lanewise.bench.machine.Environment;
import dev.lanewise.bench.peer.Peer;
import dev.lanewise.bench.report.FigureTable;
import dev.lanewise.bench.result.Results;
import dev.lanewise.bench.result.ResultsFile;
import dev.lanewise.bench.result.Settings;
import dev.lanewise.bench.run.BenchmarkFailure;
import dev.lanewise.bench.run.JmhFork;
import dev.lanewise.bench.run.JmhOptions;
import dev.lanewise.bench.run.Plan;
import dev.lanewise.bench.run.Progress;
import dev.lanewise.bench.run.Session;
import dev.lanewise.bench.run.Steal;
import dev.lanewise.kernels.Lanes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures kernels, plain loops and peers in interleaved rounds. */
@Command(
    name = "run",
    description = "Measures kernels, plain loops and peers in interleaved rounds of short forks.",
    footer = {
      "",
      "Ctrl-C keeps what is done. Exit code 1: a benchmark failed; the others were measured.",
      "Example: java -jar lanewise.jar run --suite gemm --full --out gemm.json -- -prof gc -p"
          + " shape=256x256x256"
    })
final class Run implements Callable<Integer> {
  private static final int FULL_ROUNDS = 5;
  private static final String NO_PEERS = "none";
  private static final List<String> RESUMING = List.of("--resume", "--out");

  @Spec private CommandSpec spec;

  @Option(
      names = "--suite",
      split = ",",
      paramLabel = "SUITE",
      completionCandidates = Suites.class,
      description = "What to measure: ${COMPLETION-CANDIDATES}; all by default.")
  private List<String> suites = Plan.suites();

  /** What {@code --suite} takes. */
  static final class Suites implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Plan.suites().iterator();
    }
  }

  /** Quick is the default. */
  static final class Mode {
    @Option(names = "--quick", description = "One shape each, 1 round: a few minutes (default).")
    boolean quick;

    @Option(names = "--full", description = "All operations, 5 rounds: the evidence.")
    private boolean full;
  }

  @ArgGroup private Mode mode = new Mode();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Libraries to measure too; by default all that are there; none for none.")
  private List<String> peers;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of parallel implementations; by default all processors.")
  private Integer threads;

  @Option(names = "--rounds", paramLabel = "N", description = "Forks of each benchmark.")
  private Integer rounds;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where results go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("results.json");

  @Option(names = "--overwrite", description = "Replaces the results file if there is one.")
  private boolean overwrite;

  @Option(names = "--resume", description = "Goes on with the results file, as it was begun.")
  private boolean resume;

  @Parameters(
      paramLabel = "JMH OPTIONS",
      description = "After --: profilers, parameters, times, regular expressions that choose.")
  private List<String> jmh = List.of();

  @Override
  public Integer call() throws IOException, BenchmarkFailure {
    Environment environment = Environment.read();
    Results start = resume ? resumed(environment) : begun(environment);
    if (Lanes.implementation() != Lanes.Implementation.VECTOR) {
      throw new IOException(
          "run measures vector code, but here runs " + Lanes.reason() + "; see the command doctor");
    }
    JmhOptions options = Argument.of(spec, () -> JmhOptions.parse(start.settings().jmh()));
    Plan plan = plan(start, options);
    PrintStream console = System.out;
    console.println(Lanes.describe());
    console.println(environment.describe());
    console.println(budget(plan, start.settings()));
    JmhFork jmhFork = new JmhFork(options, start.settings().threads(), console);
    Session session = new Session(plan, start, out, jmhFork::run, Steal::now);
    Results results = measure(session, plan, console);
    if (session.isStopped()) {
      return OnInterrupt.EXIT_CODE;
    }
    console.printf("%n%s%n", FigureTable.format(results));
    results
        .failures()
        .forEach(f -> console.printf("%n%s failed:%n%s%n", f.benchmark(), f.message()));
    return results.failures().isEmpty() ? 0 : 1;
  }

  private Results begun(Environment environment) throws IOException {
    Settings settings = Argument.of(spec, () -> settings(environment));
    return new Results(
        Results.FORMAT,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        environment,
        settings,
        List.of(),
        List.of());
  }

  /** What was asked for, once it is known that it is there and that results can be written. */
  private Settings settings(Environment environment) throws IOException {
    OutputFile.check("--out", out, List.of());
    if (Files.exists(out) && !overwrite) {
      throw new IllegalArgumentException(
          out + " exists; --resume goes on with it, --overwrite replaces it, --out names another");
    }
    for (String suite : suites) {
      if (!Plan.suites().contains(suite)) {
        throw Limits.expected("--suite", suite, String.join(", ", Plan.suites()));
      }
    }
    List<String> wanted = wantedPeers();
    List<String> present =
        Arrays.stream(Peer.values()).filter(Peer::isPresent).map(Peer::id).toList();
    List<String> absent = wanted.stream().filter(peer -> !present.contains(peer)).toList();
    if (peers != null && !absent.isEmpty()) {
      throw new IllegalArgumentException(
          "--peers: "
              + String.join(", ", absent)
              + " not found beside lanewise.jar, in peers; the build fetches them");
    }
    int usualRounds = mode.full ? FULL_ROUNDS : 1;
    return new Settings(
        mode.full,
        Plan.suites().stream().filter(suites::contains).toList(),
        wanted.stream().filter(present::contains).toList(),
        absent,
        threads == null
            ? environment.processor().available()
            : Limits.atLeastOne("--threads", threads),
        rounds == null ? usualRounds : Limits.atLeastOne("--rounds", rounds),
        jmh);
  }

  private List<String> wantedPeers() {
    List<String> known = Arrays.stream(Peer.values()).map(Peer::id).toList();
    if (peers == null) {
      return known;
    }
    if (peers.equals(List.of(NO_PEERS))) {
      return List.of();
    }
    for (String peer : peers) {
      if (!known.contains(peer)) {
        throw Limits.expected("--peers", peer, "none or " + String.join(", ", known));
      }
    }
    return peers;
  }

  private Results resumed(Environment environment) throws IOException {
    boolean others =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .anyMatch(option -> !RESUMING.contains(option.longestName()));
    if (others || !jmh.isEmpty()) {
      throw usage("--resume goes on as the file was begun, and takes no option but --out");
    }
    Results begun = ResultsFile.read(out);
    List<String> differences = begun.environment().differencesTo(environment);
    if (!differences.isEmpty()) {
      throw new IOException(
          out
              + " was begun elsewhere, and cannot be gone on with: "
              + String.join("; ", differences));
    }
    return begun;
  }

  private Plan plan(Results start, JmhOptions options) {
    try {
      return Plan.of(
          start.settings(), options, start.environment().processor(), MultiplyAdds.preferredBits());
    } catch (IllegalArgumentException e) {
      throw usage("-p: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** What will be measured and how long that takes, before it starts. */
  private static String budget(Plan plan, Settings settings) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Peers: " + (settings.peers().isEmpty() ? "none" : String.join(", ", settings.peers())));
    if (!settings.absent().isEmpty()) {
      lines.add("Absent peers: " + String.join(", ", settings.absent()));
    }
    plan.seconds()
        .forEach(
            (suite, seconds) -> lines.add("  %-14s about %6s".formatted(suite, clock(seconds))));
    double total = plan.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d forks, %d round%s, about %s",
            settings.full() ? "Full" : "Quick",
            plan.forks(),
            plan.rounds(),
            plan.rounds() == 1 ? "" : "s",
            clock(total)));
    return String.join(System.lineSeparator(), lines);
  }

  private static String clock(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  private Results measure(Session session, Plan plan, PrintStream console)
      throws IOException, BenchmarkFailure {
    double planned = plan.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
    try (var _ = new OnInterrupt(() -> stop(session, console));
        Progress progress = new Progress(plan.forks(), planned, console, Terminal.isThere())) {
      return session.run(progress);
    }
  }

  private void stop(Session session, PrintStream console) {
    String kept = out + " keeps what is done; --resume goes on.";
    console.printf(
        "%nStopped%s%n", session.stop() ? ". " + kept : " before anything was measured.");
  }
}

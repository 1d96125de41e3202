package dev.lanewise.bench;

import dev.lanewise.bench.console.Argument;
import dev.lanewise.bench.console.CommandText;
import dev.lanewise.bench.console.Fact;
import dev.lanewise.bench.console.Limits;
import dev.lanewise.bench.console.OnInterrupt;
import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.bench.console.ProgressStyle;
import dev.lanewise.bench.report.StudyPage;
import dev.lanewise.bench.train.CsvOptions;
import dev.lanewise.bench.train.HeldOutOptions;
import dev.lanewise.bench.train.SampleFiles;
import dev.lanewise.bench.train.TrainingData;
import dev.lanewise.bench.train.TrainingOptions;
import dev.lanewise.bench.tune.SearchOptions;
import dev.lanewise.bench.tune.StudyOptions;
import dev.lanewise.bench.tune.StudyOutput;
import dev.lanewise.bench.tune.StudyPlan;
import dev.lanewise.bench.tune.StudyProgress;
import dev.lanewise.bench.tune.StudySummary;
import dev.lanewise.bench.tune.TrainingSpace;
import dev.lanewise.bench.tune.TrialTraining;
import dev.lanewise.kernels.Lanes;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.tune.Importance;
import dev.lanewise.learn.tune.Outcome;
import dev.lanewise.learn.tune.Study;
import dev.lanewise.learn.tune.StudyResult;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Searches options of {@code train} for those that classify best. */
@Command(
    name = "tune",
    description = {
      "Chooses learning rate, layers and all that: trains many networks, each with other options"
          + " of train, and says which classifies samples best that it was not trained on.",
      "",
      "What is searched is told by values: a value, such as --batch 64, fixes an option;"
          + " --batch 16:256 is a range; --batch 32,64,128 are some values."
    },
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Ctrl-C keeps all trials that have ended; the same command goes on. At the end it prints the"
          + " train command that gives the best network, to the last bit. Exit code 1: a file is"
          + " not as it should be, or no trial has finished. 2: wrong usage.",
      "",
      "Examples:",
      "  java -jar lanewise.jar tune iris.csv --report study.html",
      "  java -jar lanewise.jar tune digits.csv --trials 81 --sampler halving",
      "      --epochs 27 --optimizer adam --lr 1e-4:0.1 --units 64:256 --input-eps 1"
    })
final class Tune implements Callable<Integer> {
  private static final double SHARE = 0.2;

  /** Trials end after the step under way; a study gives up those that do not after two seconds. */
  private static final int STOPPING_SECONDS = 5;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Samples, as train takes them: a CSV file, or a pair of IDX or NPY files.")
  private List<Path> files;

  @ArgGroup(validate = false, heading = "%nWhat is written:%n")
  private StudyOutput output = new StudyOutput();

  @ArgGroup(validate = false, heading = "%nThe study:%n")
  private StudyOptions study = new StudyOptions();

  @ArgGroup(validate = false, heading = "%nWhat is searched:%n")
  private SearchOptions search = new SearchOptions();

  @ArgGroup(validate = false, heading = "%nValidation, by default on a share of 0.2:%n")
  private HeldOutOptions validation = new HeldOutOptions();

  @ArgGroup(validate = false, heading = "%nThe CSV file:%n")
  private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() throws IOException {
    SampleFiles samples = Argument.of(spec, this::samples);
    TrainingSpace space = Argument.of(spec, () -> new TrainingSpace(search));
    Dataset all = samples.readSeveralClasses();
    TrainingData data = Argument.of(spec, () -> validation.split(all, csv, study.seed()));
    Argument.of(spec, () -> space.largest(all));
    TrialTraining training = new TrialTraining(space, data, study::epochs);
    int planned = StudyPlan.size(study.sampler(), space.space(), study.seed());
    PrintWriter out = spec.commandLine().getOut();
    ProgressStyle style = ProgressStyle.of(output.isQuiet());
    StudyProgress progress = new StudyProgress(planned, output.journal(), style, out);
    Study searching = searching(space, data, training, progress);
    List<Fact> facts = facts(samples, data, space);
    if (style != ProgressStyle.QUIET) {
      print(facts);
      out.println("Searched:");
      space.space().parameters().forEach(parameter -> out.println("  " + parameter));
      out.flush();
    }
    StudyResult result = run(searching, progress);
    if (!result.complete()) {
      return OnInterrupt.EXIT_CODE;
    }
    return finish(searching, training, space, result, facts);
  }

  /** Everything that can be found wrong before the data are read. */
  private SampleFiles samples() throws IOException {
    Limits.checkOnce(spec.commandLine().getParseResult().originalArgs());
    csv.format();
    study.check();
    validation.useShare(SHARE);
    validation.check();
    SampleFiles samples = SampleFiles.labelled(files, csv);
    List<Path> inputs = new ArrayList<>(files);
    inputs.addAll(validation.files(csv));
    output.check(inputs);
    return samples;
  }

  private Study searching(
      TrainingSpace space, TrainingData data, TrialTraining training, StudyProgress progress) {
    String description =
        "%s, %s; trained on %s; validated on %s; numerics %d"
            .formatted(
                study.describe(),
                String.join(" ", space.fixed()),
                TrainingOptions.fingerprint(data.training()),
                TrainingOptions.fingerprint(data.validation()),
                Lanes.numerics());
    Study made =
        Study.of(space.space(), study.sampler(), training)
            .maximising()
            .withSeed(study.seed())
            .withWorkers(study.workers())
            .withDescription(description)
            .withListener(progress)
            .withJournal(output.journal());
    return study.timeout().map(made::withTimeout).orElse(made);
  }

  private List<Fact> facts(SampleFiles samples, TrainingData data, TrainingSpace space) {
    List<Fact> facts = data.facts(samples);
    facts.add(
        new Fact("Fixed", "%s, %s".formatted(study.describe(), String.join(" ", space.fixed()))));
    facts.add(
        new Fact(
            "Study",
            "%s, seed %d, %d at a time".formatted(study.sampler(), study.seed(), study.workers())));
    facts.add(new Fact("Runs on", Lanes.describe()));
    return facts;
  }

  private void print(List<Fact> facts) {
    PrintWriter out = spec.commandLine().getOut();
    facts.forEach(out::println);
    out.flush();
  }

  private StudyResult run(Study searching, StudyProgress progress) throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    try (var _ = new OnInterrupt(() -> stop(searching, ended, progress));
        progress) {
      return searching.run();
    } catch (DataException e) {
      throw new DataException(e.getMessage() + "; --journal names another file", e);
    } finally {
      ended.countDown();
    }
  }

  /** Stops a study, waits until it has recorded what has ended, and says what that is. */
  private void stop(Study searching, CountDownLatch ended, StudyProgress progress) {
    searching.stop();
    try {
      if (!ended.await(STOPPING_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%n%s%n", progress.describeKept());
    out.flush();
  }

  private int finish(
      Study searching,
      TrialTraining training,
      TrainingSpace space,
      StudyResult result,
      List<Fact> facts)
      throws IOException {
    List<Fact> found = new ArrayList<>();
    List<Importance> importance = Importance.of(space.space(), result);
    if (result.best().isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "lanewise: none of %d trials has finished; %s%n",
          result.outcomes().size(), StudySummary.describe(result.outcomes().getFirst()));
      err.flush();
    } else {
      List<String> command = command(searching, training, result.best().get());
      found.addAll(StudySummary.facts(result, importance, command));
    }
    print(found);
    List<Fact> all = new ArrayList<>(facts);
    all.add(
        new Fact(
            "Command",
            "lanewise " + CommandText.of(spec.commandLine().getParseResult().originalArgs())));
    all.addAll(found);
    print(List.of(new Fact("Journal", output.journal().toString())));
    if (output.report() != null) {
      OutputFile.write(output.report(), StudyPage.html(all, space.space(), result, importance));
      print(List.of(new Fact("Report", output.report().toString())));
    }
    return found.isEmpty() ? 1 : 0;
  }

  /** What trains the network of a trial again. */
  private List<String> command(Study searching, TrialTraining training, Outcome trial) {
    String here = System.getProperty("java.class.path");
    String jar = here.matches("[^" + File.pathSeparator + "]+\\.jar") ? here : "lanewise.jar";
    List<String> words = new ArrayList<>(List.of("java", "-jar", jar, "train"));
    files.forEach(file -> words.add(file.toString()));
    words.addAll(csv.words());
    words.addAll(validation.words(study.seed()));
    words.addAll(
        training.words(trial.assignment(), trial.budget(), searching.trialSeed(trial.trial())));
    return words;
  }
}

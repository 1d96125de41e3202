package dev.lanewise.bench;

import dev.lanewise.bench.console.Argument;
import dev.lanewise.bench.console.CommandText;
import dev.lanewise.bench.console.Fact;
import dev.lanewise.bench.console.Limits;
import dev.lanewise.bench.console.OnInterrupt;
import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.bench.console.ProgressStyle;
import dev.lanewise.bench.report.TrainingPage;
import dev.lanewise.bench.train.ClassifierTraining;
import dev.lanewise.bench.train.EpochProgress;
import dev.lanewise.bench.train.OutputOptions;
import dev.lanewise.bench.train.SampleFiles;
import dev.lanewise.bench.train.TrainingData;
import dev.lanewise.bench.train.TrainingOptions;
import dev.lanewise.kernels.Workers;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.train.Evaluation;
import dev.lanewise.learn.train.MultilayerPerceptron;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a classifier from files into a file. */
@Command(
    name = "train",
    description = {
      "Trains a neural network to classify samples, from a file of them into a model file.",
      "",
      "Each line of a CSV file is a sample: its features, which are numbers, and its class, which"
          + " is any text, in the last column. The model file has all that evaluate and predict"
          + " need."
    },
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Ctrl-C keeps the last whole epoch; --resume goes on. Exit code 1: a file is not as it should"
          + " be, or the loss has grown beyond all numbers. 2: wrong usage.",
      "",
      "Examples:",
      "  java -jar lanewise.jar train iris.csv --validation 0.2 --report curves.html",
      "  java -jar lanewise.jar train train-images.gz train-labels.gz --epochs 20",
      "      --hidden 256,128 --lr 0.003 --decay cosine --out digits.safetensors"
    })
final class Train implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "A CSV file; or a pair of IDX files, gzipped or not, or of NPY files: the inputs, then"
              + " the labels. Which of them is seen from the content.")
  private List<Path> files;

  @ArgGroup(validate = false, heading = "%nWhat is written:%n", order = 1)
  private OutputOptions output = new OutputOptions();

  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() throws IOException {
    SampleFiles samples = Argument.of(spec, this::samples);
    Dataset all = samples.readSeveralClasses();
    TrainingData data = Argument.of(spec, () -> options.split(all));
    MultilayerPerceptron layers = Argument.of(spec, () -> options.network().layers(all));
    PrintWriter out = spec.commandLine().getOut();
    ProgressStyle style = ProgressStyle.of(output.isQuiet());
    EpochProgress progress = new EpochProgress(options.epochs(), style, out);
    try (Workers workers = Workers.of(options.threads())) {
      ClassifierTraining training =
          new ClassifierTraining(
              options, data, layers, output.model(), output.isResuming(), workers, progress);
      List<Fact> facts = facts(samples, data, training);
      if (style != ProgressStyle.QUIET) {
        facts.forEach(out::println);
        out.flush();
      }
      train(training, progress);
      finish(training, facts);
      return 0;
    } catch (ArithmeticException e) {
      spec.commandLine().getErr().println("lanewise: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return 1;
    } catch (OutOfMemoryError e) {
      throw new IOException(
          ("training on %d samples of %d features with layers of %s does not fit into a heap of %d"
                  + " MiB; JDK_JAVA_OPTIONS=-Xmx... gives more, a smaller --batch or --hidden needs"
                  + " less")
              .formatted(
                  data.training().samples(),
                  layers.features(),
                  layers.hidden(),
                  Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  /** Everything that can be found wrong before the data are read. */
  private SampleFiles samples() throws IOException {
    Limits.checkOnce(spec.commandLine().getParseResult().originalArgs());
    options.check();
    SampleFiles samples = SampleFiles.labelled(files, options.csv());
    List<Path> inputs = new ArrayList<>(files);
    inputs.addAll(options.validation().files(options.csv()));
    output.check(inputs);
    return samples;
  }

  private List<Fact> facts(SampleFiles samples, TrainingData data, ClassifierTraining training) {
    List<Fact> facts = data.facts(samples);
    facts.addAll(training.facts());
    if (output.isResuming()) {
      facts.add(new Fact("Resumed after", "epoch " + training.savedEpochs()));
    }
    return facts;
  }

  private void train(ClassifierTraining training, EpochProgress progress) throws IOException {
    try (var _ = new OnInterrupt(() -> sayWhatIsKept(training));
        progress) {
      training.train();
    } catch (IOException e) {
      throw unwritten(training, e);
    }
  }

  /** What is there still, and how to go on from it. */
  private IOException unwritten(ClassifierTraining training, IOException e) {
    int epochs = training.savedEpochs();
    return epochs == 0
        ? e
        : new IOException(
            "%s; it keeps epoch %d of %d, and the same command with --resume goes on"
                .formatted(e.getMessage(), epochs, options.epochs()),
            e);
  }

  private void sayWhatIsKept(ClassifierTraining training) {
    int epochs = training.savedEpochs();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%n%s%n",
        epochs == 0
            ? "Stopped before the first epoch was done; nothing was written."
            : "Stopped. %s keeps epoch %d of %d; the same command with --resume%s goes on."
                .formatted(
                    output.model(),
                    epochs,
                    options.epochs(),
                    output.isOverwriting() ? " in place of --overwrite" : ""));
    out.flush();
  }

  private void finish(ClassifierTraining training, List<Fact> facts) throws IOException {
    Evaluation evaluation = training.evaluation();
    List<Fact> all = new ArrayList<>(facts);
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    all.add(new Fact("Command", "lanewise " + CommandText.of(words)));
    if (evaluation != null) {
      all.add(
          new Fact(
              "Validation accuracy",
              String.format(Locale.ROOT, "%.2f %%", 100 * evaluation.accuracy())));
    }
    all.add(new Fact("Checksum of the weights", training.checksum()));
    all.add(new Fact("Model", output.model().toString()));
    PrintWriter out = spec.commandLine().getOut();
    all.subList(facts.size() + 1, all.size()).forEach(out::println);
    if (output.curves() != null) {
      training.history().writeCsv(output.curves());
      out.println("Learning curves: " + output.curves());
    }
    if (output.report() != null) {
      OutputFile.write(output.report(), TrainingPage.html(all, training.history(), evaluation));
      out.println("Report: " + output.report());
    }
    out.flush();
  }
}

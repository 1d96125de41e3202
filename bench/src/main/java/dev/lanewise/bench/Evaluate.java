package dev.lanewise.bench;

import dev.lanewise.bench.console.Argument;
import dev.lanewise.bench.train.CsvOptions;
import dev.lanewise.bench.train.SampleFiles;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.Evaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How well a model classifies samples whose classes are known. */
@Command(
    name = "evaluate",
    description =
        "Says how well a model classifies samples whose classes are known: accuracy, precision and"
            + " recall of each class, and what it takes for what.",
    abbreviateSynopsis = true,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "In the table, precision is the share of the samples taken for a class that are of it, recall"
          + " the share of a class's samples that are taken for it.",
      "Example: java -jar lanewise.jar evaluate model.safetensors test.csv"
    })
final class Evaluate implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A file that train has written.")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Samples, as train takes them: a CSV file, or a pair of IDX or NPY files.")
  private List<Path> files;

  @Mixin private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() throws IOException {
    SampleFiles samples = Argument.of(spec, () -> SampleFiles.labelled(files, csv));
    Classifier classifier = Classifier.read(model);
    Evaluation evaluation =
        classifier.evaluate(samples.read(classifier.classes(), classifier.layers().features()));
    PrintWriter out = spec.commandLine().getOut();
    out.print(evaluation);
    out.flush();
    return 0;
  }
}

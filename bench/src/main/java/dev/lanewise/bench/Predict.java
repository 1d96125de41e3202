package dev.lanewise.bench;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.lanewise.bench.console.Argument;
import dev.lanewise.bench.console.OutputFile;
import dev.lanewise.bench.train.CsvOptions;
import dev.lanewise.bench.train.SampleFiles;
import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.train.Classifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a model takes samples for. */
@Command(
    name = "predict",
    description =
        "Says what class a model takes each sample for, and how probable each class is: a line of"
            + " CSV for each sample, in their order.",
    abbreviateSynopsis = true,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example: java -jar lanewise.jar predict model.safetensors new.csv --out predicted.csv"
    })
final class Predict implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A file that train has written.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "Samples without their classes: CSV, or the inputs of IDX or NPY.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the lines go; by default to standard output.")
  private Path output;

  @Option(
      names = "--ignore-labels",
      description = "The CSV file has a column of classes too, which is left out.")
  private boolean ignoringLabels;

  @Mixin private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() throws IOException {
    SampleFiles samples = Argument.of(spec, this::samples);
    Classifier classifier = Classifier.read(model);
    FloatMatrix inputs = samples.readInputs(classifier.layers().features(), ignoringLabels);
    String text = text(classifier, classifier.probabilities(inputs));
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
    } else {
      OutputFile.write(output, text);
    }
    return 0;
  }

  /** Everything that can be found wrong before the data are read. */
  private SampleFiles samples() throws IOException {
    SampleFiles samples = SampleFiles.unlabelled(file, csv);
    if (output != null) {
      OutputFile.check("--out", output, List.of(model, file));
    }
    return samples;
  }

  private static String text(Classifier classifier, FloatMatrix probabilities) throws IOException {
    Labels best = classifier.best(probabilities);
    StringWriter text = new StringWriter();
    try (CsvWriter lines = CsvWriter.builder().build(text)) {
      List<String> fields = new ArrayList<>(List.of("class"));
      classifier.classes().forEach(name -> fields.add("p(%s)".formatted(name)));
      lines.writeRecord(fields);
      for (int i = 0; i < probabilities.rows(); i++) {
        fields.clear();
        fields.add(classifier.classes().get(best.get(i)));
        for (int c = 0; c < probabilities.columns(); c++) {
          fields.add(Float.toString(probabilities.get(i, c)));
        }
        lines.writeRecord(fields);
      }
    }
    return text.toString();
  }
}

package dev.lanewise.bench.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.data.Dataset;
import dev.lanewise.learn.data.Idx;
import dev.lanewise.learn.data.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Samples in a CSV file, or in a pair of IDX or NPY files: the inputs, then the labels.
 *
 * @param files the files
 * @param kind what they are, by their content
 * @param csv how a CSV file is laid out
 */
public record SampleFiles(List<Path> files, FileKind kind, CsvFormat csv) {
  /**
   * Samples with labels.
   *
   * @param files one CSV file, or two files
   * @param options how a CSV file is laid out
   * @return the files, which are there
   * @throws IOException if one is not there, or cannot be read
   * @throws IllegalArgumentException if they are too few, too many or of different kinds
   */
  public static SampleFiles labelled(List<Path> files, CsvOptions options) throws IOException {
    SampleFiles samples = of(files, options);
    if (files.size() != (samples.kind == FileKind.CSV ? 1 : 2)) {
      throw new IllegalArgumentException(
          samples.kind == FileKind.CSV
              ? "%d files of CSV, %s; expected one".formatted(files.size(), samples)
              : "%d file of %s, %s; expected two: the inputs, then the labels"
                  .formatted(files.size(), samples.kind, samples));
    }
    return samples;
  }

  /**
   * Samples, whose labels do not matter.
   *
   * @param file a file
   * @param options how a CSV file is laid out
   * @return the file, which is there
   * @throws IOException if it is not there, or cannot be read
   * @throws IllegalArgumentException if options for CSV are there and it is none
   */
  public static SampleFiles unlabelled(Path file, CsvOptions options) throws IOException {
    return of(List.of(file), options);
  }

  private static SampleFiles of(List<Path> files, CsvOptions options) throws IOException {
    CsvFormat csv = options.format();
    FileKind kind = kind(files.getFirst());
    for (Path file : files) {
      if (kind(file) != kind) {
        throw new IllegalArgumentException(
            "%s is %s and %s is %s; expected one CSV file, or two files of IDX or of NPY"
                .formatted(files.getFirst(), kind, file, kind(file)));
      }
    }
    if (files.size() > 2) {
      throw new IllegalArgumentException(
          "%d files; expected one CSV file, or two files of IDX or of NPY".formatted(files.size()));
    }
    if (kind != FileKind.CSV && options.areGiven()) {
      throw new IllegalArgumentException(
          "--label-column and --header are for CSV; %s is %s".formatted(files.getFirst(), kind));
    }
    return new SampleFiles(files, kind, csv);
  }

  private static FileKind kind(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; expected a file");
    }
    return FileKind.of(file);
  }

  /**
   * Reads them.
   *
   * @return the samples, with the classes that the files have
   * @throws IOException if they are not as they should be
   */
  public Dataset read() throws IOException {
    return switch (kind) {
      case CSV -> csv.read(files.get(0));
      case IDX -> Idx.read(files.get(0), files.get(1));
      case NPY -> Npy.read(files.get(0), files.get(1));
    };
  }

  /**
   * Reads them to train on.
   *
   * @return the samples, of two classes or more
   * @throws IOException if they are not as they should be
   */
  public Dataset readSeveralClasses() throws IOException {
    Dataset all = read();
    if (all.classes().size() < 2) {
      throw new DataException(
          "%s: all samples are of class %s; expected at least 2 classes"
              .formatted(this, String.join("", all.classes())));
    }
    return all;
  }

  /**
   * Reads them with a model's classes, among which each label is looked for by its text.
   *
   * @param classes the names of the classes
   * @param features how many features a sample must have
   * @return the samples
   * @throws IOException if they are not as they should be
   */
  public Dataset read(List<String> classes, int features) throws IOException {
    Dataset data =
        kind == FileKind.CSV ? csv.withClasses(classes).read(files.get(0)) : renamed(classes);
    checkFeatures(data.inputs(), features);
    return data;
  }

  private Dataset renamed(List<String> classes) throws IOException {
    Dataset data = read();
    int[] labels = new int[data.samples()];
    for (int i = 0; i < labels.length; i++) {
      String name = data.classes().get(data.labels().get(i));
      labels[i] = classes.indexOf(name);
      if (labels[i] < 0) {
        throw new DataException(
            "%s, label %d: %s; expected one of the classes %s"
                .formatted(files.get(1), i + 1, name, String.join(", ", classes)));
      }
    }
    return new Dataset(data.inputs(), Labels.of(labels), classes);
  }

  /**
   * Reads the inputs alone.
   *
   * @param features how many features a sample must have
   * @param ignoringLabels whether a CSV file may have labels too
   * @return a sample in each row
   * @throws IOException if they are not as they should be
   */
  public FloatMatrix readInputs(int features, boolean ignoringLabels) throws IOException {
    Path file = files.get(0);
    FloatMatrix inputs =
        switch (kind) {
          case CSV -> csvInputs(file, features, ignoringLabels);
          case IDX -> Idx.readInputs(file);
          case NPY -> Npy.readInputs(file);
        };
    checkFeatures(inputs, features);
    return inputs;
  }

  private FloatMatrix csvInputs(Path file, int features, boolean ignoringLabels)
      throws IOException {
    if (ignoringLabels) {
      return csv.ignoringLabels().readInputs(file, features);
    }
    try {
      return csv.readInputs(file, features);
    } catch (DataException e) {
      // What a caller of the library can do is another word here.
      throw new DataException(
          e.getMessage().replace("read with ignoringLabels()", "--ignore-labels leaves it out"), e);
    }
  }

  private void checkFeatures(FloatMatrix inputs, int features) throws IOException {
    if (inputs.columns() != features) {
      throw new DataException(
          "%s: %d features; expected %d, as in training"
              .formatted(files.get(0), inputs.columns(), features));
    }
  }

  /** The files' names. */
  @Override
  public String toString() {
    return files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}

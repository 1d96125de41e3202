package dev.lanewise.learn.train;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.lanewise.learn.internal.Checks;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of a network from epoch to epoch.
 *
 * @param epochs the epochs, from first to last
 */
public record History(List<Epoch> epochs) {
  /**
   * One epoch.
   *
   * @param number its number, from 1 on
   * @param loss the mean cost of its batches, each as it was before its step
   * @param rateFactor what the learning rate was multiplied by in its last step
   * @param validationLoss the mean cost of the validation set after it; NaN without one
   * @param validationAccuracy the accuracy on it, from 0 to 1; NaN without one
   */
  public record Epoch(
      int number,
      double loss,
      double rateFactor,
      double validationLoss,
      double validationAccuracy) {}

  /** Copies the list. */
  public History {
    epochs = Checks.copy("History", "epochs", epochs);
  }

  /**
   * The last epoch.
   *
   * @return the epoch
   * @throws java.util.NoSuchElementException if there is none
   */
  public Epoch last() {
    return epochs.getLast();
  }

  /**
   * Writes a line for each epoch, with a header; what there is none of stays empty.
   *
   * @param file the file, which is replaced whole if it exists
   * @throws IOException if it cannot be written
   */
  public void writeCsv(Path file) throws IOException {
    Checks.notNull("History", "file", file);
    byte[] bytes = csv().getBytes(StandardCharsets.UTF_8);
    AtomicFile.replace(file, out -> out.write(bytes));
  }

  private String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord("epoch", "loss", "rate_factor", "validation_loss", "validation_accuracy");
      for (Epoch epoch : epochs) {
        csv.writeRecord(
            Integer.toString(epoch.number),
            text(epoch.loss),
            text(epoch.rateFactor),
            text(epoch.validationLoss),
            text(epoch.validationAccuracy));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}

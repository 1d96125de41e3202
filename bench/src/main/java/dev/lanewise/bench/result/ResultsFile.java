package dev.lanewise.bench.result;

import dev.lanewise.bench.console.OutputFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@link Results} as JSON. */
public final class ResultsFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ResultsFile() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its content
   * @throws IOException if it cannot be read, or is no results file of this format; the message
   *     names the file
   */
  public static Results read(Path file) throws IOException {
    String text = text(file);
    try {
      JsonNode json = JSON.readTree(text);
      int format = json.path("format").asInt(0);
      if (format != Results.FORMAT) {
        throw new IOException(
            "%s: the format is %s; expected %d, as lanewise run writes it"
                .formatted(file, format == 0 ? "unknown" : format, Results.FORMAT));
      }
      return checked(JSON.treeToValue(json, Results.class));
    } catch (JacksonException e) {
      throw new IOException(file + " is no results file: " + e.getOriginalMessage() + where(e), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no results file: " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is no results file: it is no text in UTF-8", e);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e, e);
    }
  }

  /** Where the text is wrong, if it is. */
  private static String where(JacksonException failure) {
    TokenStreamLocation place = failure.getLocation();
    return place == null || place.getLineNr() < 1
        ? ""
        : ", line: %d, column: %d".formatted(place.getLineNr(), place.getColumnNr());
  }

  /** What JSON cannot say of itself: that every fork has its row, and parameters mean something. */
  private static Results checked(Results results) {
    for (Measurement measurement : results.measurements()) {
      String name = measurement.jmh().path("benchmark").asString("");
      long rows = measurement.nanos().stream().filter(row -> row.length > 0).count();
      if (!name.contains(".") || rows == 0 || rows != measurement.forks().size()) {
        throw new IllegalArgumentException(
            "the benchmark \"%s\" has %d forks and the times of %d"
                .formatted(name, measurement.forks().size(), rows));
      }
    }
    Figures.of(results);
    Roofs.of(results);
    return results;
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param file the file; it is replaced
   * @param results the content
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Results results) throws IOException {
    OutputFile.write(file, toJson(results));
  }

  /**
   * The content of a file.
   *
   * @param results what it holds
   * @return JSON
   */
  public static String toJson(Results results) {
    return JSON.writeValueAsString(results);
  }
}

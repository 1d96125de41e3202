package dev.lanewise.suite.learn.data;

import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.DataException;
import java.io.IOException;
import java.nio.file.Path;

/** A program that reads a CSV file and prints the number of samples, or why there are none. */
final class ReadCsv {
  private ReadCsv() {}

  public static void main(String[] arguments) throws IOException {
    try {
      System.out.print(CsvFormat.DEFAULT.read(Path.of(arguments[0])).samples());
    } catch (DataException e) {
      System.out.print(e.getMessage());
    }
  }
}

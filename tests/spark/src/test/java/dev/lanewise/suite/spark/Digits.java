package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The UCI handwritten digits as DataFrames of {@code label} and {@code features}: 8×8 pixels of 0
 * to 16. E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits.
 */
final class Digits {
  private static final String GIVEN = System.getProperty("lanewise.data");
  private static final Path FOLDER = Path.of(GIVEN == null ? "../../../shared/data" : GIVEN);

  private Digits() {}

  /** Skips the running test without the data, unless a folder of theirs was named. */
  static void assumePresent() {
    assumeTrue(GIVEN != null || Files.isDirectory(FOLDER), () -> "no UCI digits in " + FOLDER);
  }

  static Dataset<Row> training(SparkSession session) {
    return read(session, "optdigits-train.csv");
  }

  static Dataset<Row> test(SparkSession session) {
    return read(session, "optdigits-test.csv");
  }

  private static Dataset<Row> read(SparkSession session, String file) {
    Dataset<Row> columns =
        session
            .read()
            .option("inferSchema", true)
            .csv(FOLDER.resolve(file).toAbsolutePath().normalize().toString())
            .withColumnRenamed("_c64", "label");
    String[] pixels = IntStream.range(0, 64).mapToObj(i -> "_c" + i).toArray(String[]::new);
    return new VectorAssembler()
        .setInputCols(pixels)
        .setOutputCol("features")
        .transform(columns)
        .select("label", "features")
        .coalesce(1);
  }
}

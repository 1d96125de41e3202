package dev.lanewise.suite.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.spark.LanewiseClassificationModel;
import dev.lanewise.spark.LanewiseClassifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that a classifier is not trained on. The label's column says that there are three classes,
 * so that Spark does not look at the labels to count them and refuse some itself.
 */
@Timeout(120)
class LanewiseClassifierRowsTest {
  private static final Metadata THREE_CLASSES =
      NominalAttribute.defaultAttr().withName("label").withNumValues(3).toMetadata();
  private static final StructType SCHEMA =
      new StructType()
          .add("label", DataTypes.DoubleType, true, THREE_CLASSES)
          .add("features", SQLDataTypes.VectorType(), true, Metadata.empty());

  private static SparkSession session;

  @BeforeAll
  static void start() {
    session = Loopback.session("local[1]").getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  /** Six rows, of which one is another than it should be. */
  private static List<Row> rows(int other, Double label, Vector features) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(RowFactory.create((double) (i % 3), Vectors.dense(i, 6 - i)));
    }
    rows.set(other, RowFactory.create(label, features));
    return rows;
  }

  private static LanewiseClassificationModel fit(List<Row> rows) {
    Dataset<Row> data = session.createDataFrame(rows, SCHEMA).coalesce(1);
    return new LanewiseClassifier().setHidden(4).setEpochs(1).fit(data);
  }

  private static void assertRefused(String message, List<Row> rows) {
    Exception thrown = assertThrows(IllegalArgumentException.class, () -> fit(rows));
    assertEquals("LanewiseClassifier: " + message, thrown.getMessage());
  }

  /** What the other tests change in one row is not refused for another reason. */
  @Test
  void soundRowsAreTaken() {
    Vector sparse = Vectors.sparse(2, new int[] {1}, new double[] {5});
    assertEquals(3, fit(rows(1, 2.0, sparse)).numClasses());
  }

  @Test
  void noRowsAreRefused() {
    assertRefused("the DataFrame has no rows", List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void nullsAreRefused(int row) {
    String message = "row %d has a null in label or features".formatted(row);
    assertRefused(message, rows(row, null, Vectors.dense(1, 2)));
    assertRefused(message, rows(row, 1.0, null));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -1, 3, 1e10, Double.NaN, Double.POSITIVE_INFINITY})
  void labelsThatAreNoClassAreRefused(double label) {
    assertRefused(
        "the label of row 2 is %s; expected an integer from 0 to 2".formatted(label),
        rows(2, label, Vectors.dense(1, 2)));
  }

  @Test
  void vectorsOfOtherSizesAreRefused() {
    for (int size : new int[] {1, 3}) {
      String message = "row 5 has %d features; expected 2".formatted(size);
      assertRefused(message, rows(5, 1.0, Vectors.zeros(size)));
    }
  }

  /** The largest float is about 3.4e38. */
  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1e39, 1e39})
  void featuresThatAreNoFiniteFloatAreRefused(double feature) {
    String message = "feature 1 of row 3 is %s; expected a finite float".formatted(feature);
    assertRefused(message, rows(3, 1.0, Vectors.dense(1, feature)));
    assertRefused(message, rows(3, 1.0, Vectors.sparse(2, new int[] {1}, new double[] {feature})));
  }

  /** And so a model says nothing of. */
  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -1e39, 1e39})
  void modelsRefuseFeaturesThatAreNoFiniteFloat(double feature) {
    LanewiseClassificationModel model = fit(rows(0, 0.0, Vectors.dense(0, 6)));
    String message =
        "LanewiseClassifier: feature 1 of the row is %s; expected a finite float"
            .formatted(feature);
    for (Vector bad :
        List.of(
            Vectors.dense(1, feature), Vectors.sparse(2, new int[] {1}, new double[] {feature}))) {
      Exception thrown = assertThrows(IllegalArgumentException.class, () -> model.predictRaw(bad));
      assertEquals(message, thrown.getMessage());
    }
  }

  @Test
  void modelsRefuseVectorsOfOtherSizes() {
    LanewiseClassificationModel model = fit(rows(0, 0.0, Vectors.dense(0, 6)));
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> model.predictRaw(Vectors.zeros(3)));
    assertEquals("LanewiseClassifier: the row has 3 features; expected 2", thrown.getMessage());
  }
}

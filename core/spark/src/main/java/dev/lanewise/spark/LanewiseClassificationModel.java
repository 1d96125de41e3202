package dev.lanewise.spark;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Softmax;
import dev.lanewise.learn.train.Classifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import scala.Tuple3;

/**
 * What {@link LanewiseClassifier} has learnt. It is kept as the checkpoint of its training, which
 * {@link Classifier#read} reads too.
 *
 * <p>What it says of a row depends on that row alone, to the last bit. A feature that is no finite
 * float is an IllegalArgumentException, as it is in fitting.
 *
 * @serial exclude
 */
public final class LanewiseClassificationModel
    extends ProbabilisticClassificationModel<Vector, LanewiseClassificationModel>
    implements MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final byte[] checkpoint;

  /** Not sent; a thread uses it at a time. */
  private transient Classifier classifier;

  LanewiseClassificationModel(String uid, byte[] checkpoint) {
    this.uid = uid; // before Spark's constructors, which ask for it
    this.checkpoint = checkpoint;
    super();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public int numClasses() {
    return classifier().classes().size();
  }

  @Override
  public int numFeatures() {
    return classifier().layers().features();
  }

  private synchronized Classifier classifier() {
    if (classifier == null) {
      try {
        Path file = Files.createTempFile("lanewise", ".safetensors");
        try {
          Files.write(file, checkpoint);
          classifier = Classifier.read(file);
        } finally {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return classifier;
  }

  /** The logits. */
  @Override
  public Vector predictRaw(Vector features) {
    FloatMatrix row = FloatMatrix.zeros(1, features.size());
    Rows.copy(features, row.array(), 0, numFeatures(), () -> "the row");
    synchronized (this) {
      return vector(classifier().logits(row));
    }
  }

  /** Their softmax, in place. */
  @Override
  public Vector raw2probabilityInPlace(Vector logits) {
    double[] values = ((DenseVector) logits).values();
    FloatMatrix row = FloatMatrix.zeros(1, values.length);
    for (int j = 0; j < values.length; j++) {
      row.set(0, j, (float) values[j]);
    }
    Softmax.forward(row, row);
    for (int j = 0; j < values.length; j++) {
      values[j] = row.get(0, j);
    }
    return logits;
  }

  private static Vector vector(FloatMatrix row) {
    double[] values = new double[row.columns()];
    for (int j = 0; j < values.length; j++) {
      values[j] = row.get(0, j);
    }
    return Vectors.dense(values);
  }

  /**
   * This model and its columns. Scala narrows what this method returns, so that Java finds two of
   * it and wants one here.
   */
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public Tuple3 findSummaryModel() {
    return new Tuple3(this, getProbabilityCol(), getPredictionCol());
  }

  @Override
  public LanewiseClassificationModel copy(ParamMap extra) {
    LanewiseClassificationModel copy = new LanewiseClassificationModel(uid, checkpoint);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this, checkpoint);
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @return the reader
   */
  public static MLReader<LanewiseClassificationModel> read() {
    return new ModelFiles.Reader();
  }

  /**
   * Reads what {@link #save} has written.
   *
   * @param path the folder
   * @return the model
   * @throws NullPointerException if the path is null
   */
  public static LanewiseClassificationModel load(String path) {
    return read().load(Objects.requireNonNull(path, "LanewiseClassificationModel: path is null"));
  }
}

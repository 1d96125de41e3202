package dev.lanewise.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** The folder of a model: Spark's metadata with the parameters, and the checkpoint. */
final class ModelFiles {
  private static final String CHECKPOINT = "model.safetensors";

  private ModelFiles() {}

  /** Writes a model. */
  static final class Writer extends MLWriter {
    private final LanewiseClassificationModel model;
    private final byte[] checkpoint;

    Writer(LanewiseClassificationModel model, byte[] checkpoint) {
      this.model = model;
      this.checkpoint = checkpoint;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sparkSession());
      Path file = new Path(path, CHECKPOINT);
      try (FSDataOutputStream out =
          file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).create(file)) {
        out.write(checkpoint);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads a model. */
  static final class Reader extends MLReader<LanewiseClassificationModel> {
    @Override
    public LanewiseClassificationModel load(String path) {
      SparkSession session = sparkSession();
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(
              path, session, LanewiseClassificationModel.class.getName());
      Path file = new Path(path, CHECKPOINT);
      try (FSDataInputStream in =
          file.getFileSystem(session.sparkContext().hadoopConfiguration()).open(file)) {
        LanewiseClassificationModel model =
            new LanewiseClassificationModel(metadata.uid(), in.readAllBytes());
        metadata.getAndSetParams(model, Option.empty());
        return model;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package dev.lanewise.suite.hardening;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lanewise.learn.data.CsvFormat;
import dev.lanewise.learn.data.Idx;
import dev.lanewise.learn.data.Npy;
import dev.lanewise.learn.train.Classifier;
import dev.lanewise.learn.train.SafeTensors;
import dev.lanewise.suite.learn.data.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A kind of file whose readers are fuzzed. */
enum FuzzedFormat {
  CSV(", line \\d+.*; expected .*") {
    @Override
    List<byte[]> seeds(Path scratch) {
      return List.of(
          "length,width,\"class\"\n1.5,2,a\n-3e2,\"4\",ä\r\n5,6,\"a\"\n".getBytes(UTF_8),
          "1,2\n\n3, 4\n+.5,1e-40\n".getBytes(UTF_8),
          "\uFEFFa,b\n\"1\",\"x\"\"y\"\n".getBytes(UTF_8));
    }

    @Override
    List<Reader> readers() {
      CsvFormat first = CsvFormat.DEFAULT.withHeader(false).withLabelColumn(0);
      return List.of(
          CsvFormat.DEFAULT::read,
          CsvFormat.DEFAULT.withLabelColumn("class")::read,
          first.withClasses(List.of("1", "2", "3"))::read,
          file -> CsvFormat.DEFAULT.readInputs(file, 2),
          file -> first.ignoringLabels().readInputs(file, 1));
    }
  },

  /** A packed file too, as chance would hardly hit the checksum that ends one. */
  IDX(", byte \\d+.*; expected .*") {
    @Override
    List<byte[]> seeds(Path scratch) {
      byte[] six = Content.numbers(ByteOrder.BIG_ENDIAN, 4, 1, 2, 3, 4, 5, 6);
      return List.of(
          Content.idx(0x0C, new int[] {3, 2, 1}, six),
          Content.idx(0x0E, new int[] {1, 3}, six),
          Content.idx(0x08, new int[] {5}, new byte[] {0, 1, 2, 1, 0}),
          Content.gzip(Content.idx(0x0D, new int[] {2, 3}, six)));
    }

    @Override
    List<Reader> readers() {
      return List.of(Idx::readInputs, Idx::readLabels, file -> Idx.read(file, file));
    }

    @Override
    List<byte[]> files(byte[] input) {
      return List.of(input, Content.gzip(input));
    }
  },

  /** A header's length is right too, which chance would hardly keep so. */
  NPY(", byte \\d+.*; expected .*") {
    private static final int DATA = 24;

    @Override
    List<byte[]> seeds(Path scratch) {
      byte[] data = Content.floats(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4, 5, 6);
      return List.of(
          Content.npy("<f4", true, "(3, 2)", data),
          Content.npy(">f8", false, "(3,)", data),
          Content.npy("|u1", false, "(3,)", new byte[] {0, 2, 1}),
          "{'descr': '<i2', 'fortran_order': False, 'shape': (4, 3), }".getBytes(UTF_8));
    }

    @Override
    List<Reader> readers() {
      return List.of(Npy::readInputs, Npy::readLabels);
    }

    @Override
    List<byte[]> files(byte[] input) {
      String text = new String(input, UTF_8);
      return List.of(input, Content.npy(2, text, new byte[DATA]));
    }
  },

  SAFETENSORS(": .+") {
    private static final int DATA = 12;

    @Override
    List<byte[]> seeds(Path scratch) {
      String name = "../../../tmp/a";
      String header =
          """
          {"__metadata__":{"a":"7/8 \\"x\\"\\u00e9"},"%s":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},\
          "scalar":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}\
          """
              .formatted(name);
      return List.of(header.getBytes(UTF_8), withLength(header.getBytes(UTF_8)));
    }

    @Override
    List<Reader> readers() {
      return List.of(SafeTensors::read);
    }

    @Override
    List<byte[]> files(byte[] input) {
      return List.of(input, withLength(input));
    }

    private static byte[] withLength(byte[] header) {
      return ByteBuffer.allocate(Long.BYTES + header.length + DATA)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(header.length)
          .put(header)
          .array();
    }
  },

  /** The texts of a checkpoint, a line each, and its tensors as they are. */
  CHECKPOINT(": .+") {
    @Override
    List<byte[]> seeds(Path scratch) throws IOException {
      return List.of(ReadCheckpoint.texts());
    }

    @Override
    List<Reader> readers() {
      return List.of(
          Classifier::read,
          file -> CheckpointedRun.trainer(3, file).resume(CheckpointedRun.DATA).trainEpoch());
    }

    @Override
    List<byte[]> files(byte[] input) throws IOException {
      return List.of(input, ReadCheckpoint.withTexts(input));
    }

    /** A session has room for 256 samples. */
    @Override
    long memory(byte[] content) {
      return 4 * super.memory(content);
    }
  },

  /** Behind its first line too. */
  JOURNAL("(: line \\d+: .*| is the journal of another study: .+)") {
    @Override
    List<byte[]> seeds(Path scratch) throws IOException {
      List<byte[]> seeds = new ArrayList<>();
      seeds.add(ReadJournal.written(scratch));
      seeds.add(ReadJournal.withoutHeader(seeds.getFirst()));
      return seeds;
    }

    @Override
    List<Reader> readers() {
      return List.of(ReadJournal::read);
    }

    @Override
    List<byte[]> files(byte[] input) throws IOException {
      return List.of(input, ReadJournal.withHeader(input));
    }
  };

  /** Reads a file, whatever comes of it. */
  interface Reader {
    void read(Path file) throws IOException;
  }

  /** What buffers and messages may take whatever the file's size. */
  private static final long FIXED = 1 << 20;

  private static final int PER_BYTE = 64;

  /** What a byte of deflated data may stand for. */
  private static final int EXPANSION = 1032;

  private final Pattern refusal;

  FuzzedFormat(String refusal) {
    this.refusal = Pattern.compile(refusal, Pattern.DOTALL);
  }

  /** Valid files and parts of such. */
  abstract List<byte[]> seeds(Path scratch) throws IOException;

  abstract List<Reader> readers();

  /** What files an input makes. */
  List<byte[]> files(byte[] input) throws IOException {
    return List.of(input);
  }

  /** How many bytes reading may allocate. */
  long memory(byte[] content) {
    boolean packed = content.length > 1 && content[0] == 0x1f && content[1] == (byte) 0x8b;
    return FIXED + (packed ? 8L * EXPANSION : PER_BYTE) * content.length;
  }

  /** Whether a message names the file and the place in it. */
  boolean isRefusal(Path file, String message) {
    String name = file.toString();
    return message.startsWith(name) && refusal.matcher(message.substring(name.length())).matches();
  }
}

package dev.lanewise.learn.train;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.FloatSpan;
import dev.lanewise.learn.data.DataException;
import dev.lanewise.learn.internal.Checks;
import dev.lanewise.learn.train.SafeTensorsHeader.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The content of a safetensors file: named tensors of floats, and metadata, which is text by text.
 *
 * <p>The file is 8 bytes with the length of the header, little-endian; the header, a JSON object
 * that gives each tensor's type, shape and range of bytes, padded with spaces to a multiple of 8;
 * and the elements, row-major and little-endian. Every bit of an element is kept, a NaN's too.
 *
 * <p>The maps are as they were given; the elements are not copied: {@link #write} takes what they
 * are then. The same content in the same order gives the same bytes.
 *
 * <p>Format: Hugging Face, safetensors, <a
 * href="https://github.com/huggingface/safetensors#format">Format</a>. Of its types F32 alone is
 * written and read.
 */
public final class SafeTensors {
  private static final String NAME = "SafeTensors";

  private final SequencedMap<String, Tensor> tensors;
  private final SequencedMap<String, String> metadata;

  /**
   * Elements with a shape.
   *
   * <p>Two tensors are equal if their shapes are and their view is the same object.
   *
   * @param shape the extents, the slowest first; none for a single number
   * @param elements a view of the elements: row by row they are the tensor's in row-major order
   */
  public record Tensor(List<Integer> shape, FloatMatrix elements) {
    /**
     * Checks that the view has the shape's elements.
     *
     * @throws NullPointerException if an argument or an extent is null
     * @throws IllegalArgumentException if an extent is negative, the product of the extents is not
     *     the number of elements, or no array can hold them
     */
    public Tensor {
      shape = Checks.copy("Tensor", "shape", shape);
      Checks.notNull("Tensor", "elements", elements);
      long given = (long) elements.rows() * elements.columns();
      if (shape.stream().anyMatch(extent -> extent < 0) || SafeTensors.size(shape) != given) {
        throw new IllegalArgumentException(
            "Tensor: a shape of %s for %d elements; the product of extents must be their number"
                .formatted(shape, given));
      }
      if (given > Checks.LARGEST_ARRAY) {
        throw new IllegalArgumentException(
            "Tensor: %d elements; at most %d can be read".formatted(given, Checks.LARGEST_ARRAY));
      }
    }

    /**
     * A matrix, of rank 2.
     *
     * @param elements the matrix; it is not copied
     * @return the tensor
     */
    public static Tensor of(FloatMatrix elements) {
      Checks.notNull("Tensor", "elements", elements);
      return new Tensor(List.of(elements.rows(), elements.columns()), elements);
    }

    /**
     * A vector, of rank 1.
     *
     * @param elements the vector; it is not copied
     * @return the tensor
     */
    public static Tensor of(FloatSpan elements) {
      Checks.notNull("Tensor", "elements", elements);
      FloatMatrix row =
          FloatMatrix.of(
              elements.array(), elements.offset(), 1, elements.length(), 0, elements.stride());
      return new Tensor(List.of(elements.length()), row);
    }

    /**
     * The number of elements.
     *
     * @return the product of the extents
     */
    public int size() {
      return elements.rows() * elements.columns();
    }
  }

  private SafeTensors(SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
    this.tensors = Collections.unmodifiableSequencedMap(tensors);
    this.metadata = Collections.unmodifiableSequencedMap(metadata);
  }

  /**
   * Content to be written.
   *
   * @param tensors the tensors by name, in the order in which the file shall hold them
   * @param metadata any text by any text; may be empty
   * @return the content, with copies of the maps and not of the elements
   * @throws NullPointerException if a map, a key or a value is null
   * @throws IllegalArgumentException if a tensor is called {@code __metadata__}, or a text has half
   *     a surrogate pair, which UTF-8 cannot write
   */
  public static SafeTensors of(
      SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
    SequencedMap<String, Tensor> named = Checks.copy(NAME, "tensors", tensors);
    named.keySet().forEach(SafeTensors::checkText);
    if (named.containsKey(SafeTensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "SafeTensors: a tensor is called " + SafeTensorsHeader.METADATA + ", which is reserved");
    }
    SequencedMap<String, String> texts = Checks.copy(NAME, "metadata", metadata);
    texts.keySet().forEach(SafeTensors::checkText);
    texts.values().forEach(SafeTensors::checkText);
    return new SafeTensors(named, texts);
  }

  private static void checkText(String text) {
    if (!SafeTensorsHeader.isUnicode(text)) {
      throw new IllegalArgumentException(
          "SafeTensors: half a surrogate pair in " + SafeTensorsHeader.shown(text));
    }
  }

  /** The product of a shape's extents, or -1 if a factor leads beyond 2^63. */
  static long size(List<Integer> shape) {
    long size = 1;
    for (int extent : shape) {
      if (Math.multiplyHigh(size, extent) != 0 || size * extent < 0) {
        return -1;
      }
      size *= extent;
    }
    return size;
  }

  /**
   * The tensors by name.
   *
   * @return an unmodifiable map, in the order of the header
   */
  public SequencedMap<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * The metadata.
   *
   * @return an unmodifiable map, in the order of the header; empty if there is none
   */
  public SequencedMap<String, String> metadata() {
    return metadata;
  }

  /**
   * Writes a file, whole or not at all: into a temporary file in the same folder, called {@code
   * <name>.<process>-<number>.tmp}, which is forced to the disk and renamed. A symbolic link is
   * replaced, not followed. Temporary files of this name that a killed process has left are
   * deleted. Processes are looked for on this machine and in this container only: on a shared file
   * system one machine at a time may write a file. An interrupt is kept and not acted on.
   *
   * @param file the file, on the default file system; it is replaced if it exists
   * @throws IOException if it cannot be written; then it is as it was, the temporary file is
   *     deleted, and the message names the file and the cause
   */
  public void write(Path file) throws IOException {
    Checks.notNull(NAME, "file", file);
    byte[] header = SafeTensorsHeader.encode(tensors, metadata);
    int text = header.length - SafeTensorsHeader.LENGTH_BYTES;
    if (text > SafeTensorsHeader.MAX_BYTES) {
      throw new IOException(
          "%s cannot be written, and is as it was: its header would take %d bytes; at most %d"
              .formatted(file, text, SafeTensorsHeader.MAX_BYTES));
    }
    AtomicFile.replace(
        file,
        out -> {
          out.write(header);
          for (Tensor tensor : tensors.values()) {
            LittleEndianFloats.write(out, tensor.elements());
          }
        });
  }

  /**
   * Reads a file.
   *
   * <p>What it allocates is bounded by a multiple of the file's length, whatever the header claims;
   * the elements only when the header is known to describe the file exactly. Names are keys and
   * nothing else.
   *
   * @param file the file, on the default file system
   * @return the content; a tensor of rank 2 is a dense matrix in an array of its own, one of any
   *     other rank a single dense row
   * @throws DataException if the file is not safetensors: too short for its header, a header that
   *     is not JSON in UTF-8, has a key twice or a field that the format has not, a tensor whose
   *     bytes are not its shape's, overlap, leave a hole or lie beyond the end; or if it holds
   *     another type than F32, or a tensor that is too large for an array
   * @throws IOException if the file cannot be read
   */
  public static SafeTensors read(Path file) throws IOException {
    Checks.notNull(NAME, "file", file);
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      int text = textLength(file, in, length);
      byte[] utf8 = new byte[text];
      in.readFully(utf8);
      SafeTensorsHeader header = SafeTensorsParser.parse(file.toString(), utf8);
      List<Entry> ordered =
          header.inOrderOfData(file.toString(), length - SafeTensorsHeader.LENGTH_BYTES - text);
      Map<String, Tensor> read = new HashMap<>();
      for (Entry entry : ordered) {
        read.put(entry.name(), tensor(in, entry));
      }
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      header.entries().forEach(entry -> tensors.put(entry.name(), read.get(entry.name())));
      return new SafeTensors(tensors, header.metadata());
    } catch (EOFException e) {
      throw new DataException(file + ": it became shorter while it was read", e);
    }
  }

  /** The length of the header's text, which lies within the file. */
  private static int textLength(Path file, RandomAccessFile in, long length) throws IOException {
    if (length < SafeTensorsHeader.LENGTH_BYTES) {
      throw new DataException(
          "%s: it has %d bytes; a safetensors file begins with %d that hold the header's length"
              .formatted(file, length, SafeTensorsHeader.LENGTH_BYTES));
    }
    long text = Long.reverseBytes(in.readLong());
    long most = Math.min(SafeTensorsHeader.MAX_BYTES, length - SafeTensorsHeader.LENGTH_BYTES);
    if (text < 0 || text > most) {
      throw new DataException(
          "%s: the header's length, in the first %d bytes, is %s; at most %d are possible in %d bytes"
              .formatted(
                  file, SafeTensorsHeader.LENGTH_BYTES, Long.toUnsignedString(text), most, length));
    }
    return (int) text;
  }

  private static Tensor tensor(RandomAccessFile in, Entry entry) throws IOException {
    float[] elements = new float[entry.size()];
    LittleEndianFloats.read(in, elements);
    List<Integer> shape = entry.shape();
    FloatMatrix view =
        shape.size() == 2
            ? FloatMatrix.of(elements, shape.get(0), shape.get(1))
            : FloatMatrix.of(elements, 1, entry.size());
    return new Tensor(shape, view);
  }
}

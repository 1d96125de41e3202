package dev.lanewise.learn.graph;

import dev.lanewise.kernels.FloatMatrix;
import dev.lanewise.kernels.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What placeholders and labels hold, for as many samples as a session can have. */
final class Feeds {
  /** A buffer and how many rows or labels were last written into it. */
  private static final class Feed {
    private final Object owner;
    private final boolean isBatch;
    private final FloatMatrix values;
    private final int[] labels;
    private final FloatMatrix[] views;
    private final Labels[] labelViews;
    private int fed;

    Feed(Placeholder placeholder, int capacity) {
      owner = placeholder;
      isBatch = placeholder.shape().rows() == Shape.BATCH;
      values =
          FloatMatrix.zeros(
              Shape.resolve(placeholder.shape().rows(), capacity), placeholder.shape().columns());
      views = new FloatMatrix[values.rows() + 1];
      labels = null;
      labelViews = null;
    }

    Feed(ClassLabels labels, int capacity) {
      owner = labels;
      isBatch = true;
      values = null;
      views = null;
      this.labels = new int[capacity];
      labelViews = new Labels[capacity + 1];
    }
  }

  private final int capacity;
  private final List<Feed> all = new ArrayList<>();
  private final Map<Object, Feed> feeds = new HashMap<>();

  Feeds(List<Placeholder> placeholders, List<ClassLabels> labels, int capacity) {
    this.capacity = capacity;
    placeholders.forEach(each -> add(each, new Feed(each, capacity)));
    labels.forEach(each -> add(each, new Feed(each, capacity)));
  }

  private void add(Object owner, Feed feed) {
    feeds.put(owner, feed);
    all.add(feed);
  }

  private Feed feed(Object owner) {
    Feed feed = feeds.get(owner);
    if (feed == null) {
      throw new IllegalArgumentException("Session: no node that it computes depends on " + owner);
    }
    return feed;
  }

  private void checkRows(Feed feed, int rows) {
    if (feed.isBatch && (rows < 1 || rows > capacity)) {
      throw new IllegalArgumentException(
          "Session: %d samples for %s; its capacity is %d, and at least 1 is needed"
              .formatted(rows, feed.owner, capacity));
    }
    if (!feed.isBatch && rows != feed.values.rows()) {
      throw new IllegalArgumentException(
          "Session: %d rows for %s, which has %d".formatted(rows, feed.owner, feed.values.rows()));
    }
  }

  /** The rows of a placeholder's buffer, to be written. */
  FloatMatrix open(Placeholder placeholder, int rows) {
    Feed feed = feed(placeholder);
    checkRows(feed, rows);
    feed.fed = rows;
    if (feed.views[rows] == null) {
      feed.views[rows] = feed.values.rows(0, rows);
    }
    return feed.views[rows];
  }

  /** The first of the labels' buffer, to be written. */
  Labels open(ClassLabels labels, int samples) {
    Feed feed = feed(labels);
    checkRows(feed, samples);
    feed.fed = samples;
    if (feed.labelViews[samples] == null) {
      feed.labelViews[samples] = Labels.of(feed.labels, 0, samples);
    }
    return feed.labelViews[samples];
  }

  /** Copies the rows of a placeholder. */
  void copy(Placeholder placeholder, FloatMatrix values) {
    if (values.columns() != placeholder.shape().columns()) {
      throw new IllegalArgumentException(
          "Session: %d columns for %s, which has %d"
              .formatted(values.columns(), placeholder, placeholder.shape().columns()));
    }
    FloatMatrix input = open(placeholder, values.rows());
    int n = values.columns();
    for (int i = 0; i < values.rows(); i++) {
      int from = values.offset() + i * values.rowStride();
      int to = input.offset() + i * input.rowStride();
      if (values.columnStride() == 1) {
        System.arraycopy(values.array(), from, input.array(), to, n);
      } else {
        for (int j = 0; j < n; j++) {
          input.array()[to + j] = values.array()[from + j * values.columnStride()];
        }
      }
    }
  }

  /** Copies labels. */
  void copy(ClassLabels labels, Labels values) {
    Labels input = open(labels, values.length());
    System.arraycopy(
        values.array(), values.offset(), input.array(), input.offset(), values.length());
  }

  FloatMatrix values(Placeholder placeholder, int first, int samples) {
    Feed feed = feed(placeholder);
    return feed.isBatch ? feed.values.rows(first, first + samples) : feed.values;
  }

  Labels values(ClassLabels labels, int first, int samples) {
    return Labels.of(feed(labels).labels, first, samples);
  }

  /** The feeds that some nodes depend on, for {@link #samples}. */
  int[] numbers(List<?> owners) {
    return owners.stream().mapToInt(owner -> all.indexOf(feed(owner))).toArray();
  }

  /** The number of samples that these feeds hold, all the same; 1 if none depends on it. */
  int samples(int[] numbers) {
    Feed batch = null;
    for (int number : numbers) {
      Feed feed = all.get(number);
      if (feed.fed == 0) {
        throw new IllegalStateException("Session: " + feed.owner + " has not been fed");
      }
      if (feed.isBatch && batch != null && batch.fed != feed.fed) {
        throw new IllegalArgumentException(
            "Session: %s has %d samples but %s has %d; they must have equally many"
                .formatted(batch.owner, batch.fed, feed.owner, feed.fed));
      }
      batch = feed.isBatch ? feed : batch;
    }
    return batch == null ? 1 : batch.fed;
  }
}

package dev.lanewise.learn.tune;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Keeps what happens in a study, and knows what happened before. */
interface Recorder extends Closeable {
  /** Keeps nothing. */
  Recorder NONE =
      new Recorder() {
        @Override
        public Optional<Outcome> find(Proposal proposal) {
          return Optional.empty();
        }

        @Override
        public void started(Proposal proposal) {}

        @Override
        public void ended(Outcome outcome) {}

        @Override
        public void complete() {}

        @Override
        public void close() {}
      };

  /** How a trial ended in an earlier run of the study. */
  Optional<Outcome> find(Proposal proposal) throws IOException;

  void started(Proposal proposal) throws IOException;

  void ended(Outcome outcome) throws IOException;

  /** The sampler proposes nothing more: what it never proposed must not be there. */
  void complete() throws IOException;
}

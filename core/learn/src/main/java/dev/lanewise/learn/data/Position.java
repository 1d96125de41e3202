package dev.lanewise.learn.data;

/** Where a reader stands in a file. */
interface Position {
  /** The exception that says so, with what was found here and what was expected. */
  DataException error(String found, String expected);
}

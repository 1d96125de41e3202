/** Data sets: reading CSV, IDX and NPY files, splitting, shuffling, mini-batches. */
package dev.lanewise.learn.data;

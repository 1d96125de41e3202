/** The demo's quick pass over all benchmarks, and the table of its figures. */
package dev.lanewise.bench.demo;

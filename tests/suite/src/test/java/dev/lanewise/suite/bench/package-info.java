/** The benchmarks measure what they claim: results, guards, figures and the command line. */
package dev.lanewise.suite.bench;

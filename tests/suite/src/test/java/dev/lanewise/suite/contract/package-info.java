/**
 * What operations refuse and in which words, what they accept, that refusing writes nothing, and
 * that steady work allocates nothing and may run on many threads.
 */
package dev.lanewise.suite.contract;

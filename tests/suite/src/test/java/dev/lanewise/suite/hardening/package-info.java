/** What must not surprise: hostile input, threads, JVMs, files, crashes, sizes, odd numbers. */
package dev.lanewise.suite.hardening;

/** The bench's example, a classifier of digits: it learns, and with the same bits everywhere. */
package dev.lanewise.suite.example;

/**
 * Bit for bit: what runs here against the definitions, and both against statements made from the
 * documentation.
 *
 * <p>A case is a shape, layouts, a kind of values and a seed; everything that its arrays hold
 * afterwards is compared, what lies between and around the elements included. {@code Subjects}
 * lists the operations, {@code Definition} and its like call their leaves, {@code Statement} and
 * its like restate them.
 */
package dev.lanewise.suite.bits;

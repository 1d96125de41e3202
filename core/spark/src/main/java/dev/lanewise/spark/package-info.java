/**
 * Studies and training of {@code dev.lanewise.learn} on the machines of an Apache Spark cluster,
 * with the results of one machine to the last bit.
 *
 * <p>Spark plans, transports and repeats what was lost; here is only what its tasks compute. The
 * driver keeps journals and checkpoints.
 */
package dev.lanewise.spark;

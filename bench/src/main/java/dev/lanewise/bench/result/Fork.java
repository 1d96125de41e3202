package dev.lanewise.bench.result;

/**
 * One forked JVM that measured one benchmark in one round.
 *
 * @param round the round, from 1; 0 for the calibration before them
 * @param started when, in ISO 8601
 * @param seconds how long it took, starting the JVM included
 * @param steal the share of the processor time wanted meanwhile that a hypervisor gave to others,
 *     from 0 to 1; 0 where the system does not tell
 * @param repeats how many attempts were thrown away before this one for too much steal
 */
public record Fork(int round, String started, double seconds, double steal, int repeats) {}

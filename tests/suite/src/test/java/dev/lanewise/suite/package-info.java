/**
 * Every test of every module. All of it runs once at the native width; what is tagged {@code bits}
 * runs again in JVMs of its own: scalar, at 128, 256 and 512 bits, and interpreted.
 *
 * <p>Seconds that a group may take on two cores, compilation and JVM starts aside:
 *
 * <table>
 *   <caption>Budget</caption>
 *   <tr><td>bits, each further fork (interpreted)</td><td>10 (90)</td></tr>
 *   <tr><td>bits, accuracy, properties</td><td>15 each</td></tr>
 *   <tr><td>contract, lanes, example</td><td>15 each</td></tr>
 *   <tr><td>learn, train</td><td>40, 25</td></tr>
 *   <tr><td>broken</td><td>75</td></tr>
 *   <tr><td>laws</td><td>50</td></tr>
 *   <tr><td>hardening</td><td>150</td></tr>
 *   <tr><td>peers</td><td>10</td></tr>
 *   <tr><td>doctor</td><td>45</td></tr>
 *   <tr><td>report, result</td><td>95, 1</td></tr>
 *   <tr><td>run, readme</td><td>35, 25</td></tr>
 *   <tr><td>kit, architecture, bench, launch</td><td>5 each</td></tr>
 *   <tr><td>the module of Spark</td><td>180</td></tr>
 * </table>
 */
package dev.lanewise.suite;

/** The launcher finds a JDK or says what to install. */
package dev.lanewise.suite.launch;

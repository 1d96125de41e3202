/** A run measures what its plan says, keeps what is done, and goes on with it. */
package dev.lanewise.suite.run;

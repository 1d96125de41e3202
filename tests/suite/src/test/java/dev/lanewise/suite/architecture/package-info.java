/** The arrows between modules and packages, and what the core's byte code must not use. */
package dev.lanewise.suite.architecture;

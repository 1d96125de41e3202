/** Studies and training on executors that are processes of their own. */
package dev.lanewise.suite.spark;

/** Layers and first values of the learn module. */
package dev.lanewise.suite.learn.layer;

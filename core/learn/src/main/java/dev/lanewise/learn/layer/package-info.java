/** Layers: functions that build graph nodes, with their parameters initialised. */
package dev.lanewise.learn.layer;

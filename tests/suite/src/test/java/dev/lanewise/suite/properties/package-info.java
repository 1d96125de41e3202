/**
 * What the mathematics says of the kernels: identities, invariances and gradients, over generated
 * shapes. A case is a shape, a layout and a seed, so that a failure shrinks to the smallest shape.
 */
package dev.lanewise.suite.properties;

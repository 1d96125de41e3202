/** What the packages of this module share; it is not exported. */
package dev.lanewise.learn.internal;

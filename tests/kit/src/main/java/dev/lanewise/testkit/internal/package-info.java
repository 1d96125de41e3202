/** What the packages of the kit share with each other and with nobody else. */
package dev.lanewise.testkit.internal;

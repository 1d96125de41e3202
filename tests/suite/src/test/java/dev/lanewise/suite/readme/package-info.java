/** What the README shows works as it is shown. */
package dev.lanewise.suite.readme;

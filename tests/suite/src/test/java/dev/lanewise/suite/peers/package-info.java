/** Other libraries' products held to the laws of the kit. */
package dev.lanewise.suite.peers;

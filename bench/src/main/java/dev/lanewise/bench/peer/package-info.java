/**
 * Peers: the libraries that Lanewise is measured against, each behind a small adapter.
 *
 * <p>{@link dev.lanewise.bench.peer.Peer} names them and tells which are present; {@link
 * dev.lanewise.bench.peer.PeerOperation} is one operation of one of them, with operands in the
 * memory and the layout that suit it best. A peer is no part of {@code lanewise.jar}: it lies in
 * the folder {@code peers} beside the jar, and an absent one is reported as absent.
 *
 * <p>Native libraries come from JavaCPP's presets. JavaCPP unpacks them; their C functions are
 * called through {@code java.lang.foreign}, without JavaCPP's bindings: measured for a product of
 * 8x8x8 by OpenBLAS, 46 ns instead of 58.
 */
package dev.lanewise.bench.peer;

/** Stores signing keys, the fingerprints of server keys, and the server key of a single machine. */
@NullMarked
package dev.kerbearer.persistence.key;

import org.jspecify.annotations.NullMarked;

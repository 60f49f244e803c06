/** The server keys, which are the same on every node and never in the database, and the signing keys. */
@NullMarked
package dev.kerbearer.domain.key;

import org.jspecify.annotations.NullMarked;

/** The server's keys, which are the same on every node and never in the database. */
@NullMarked
package dev.kerbearer.domain.key;

import org.jspecify.annotations.NullMarked;

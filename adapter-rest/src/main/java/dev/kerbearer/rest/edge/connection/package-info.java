/** Connections and requests that have not arrived as a whole: their time, their memory, and their number. */
@NullMarked
package dev.kerbearer.rest.edge.connection;

import org.jspecify.annotations.NullMarked;

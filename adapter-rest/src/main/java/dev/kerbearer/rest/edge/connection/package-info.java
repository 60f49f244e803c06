/** Connections and requests that are not complete: their time, memory and number. */
@NullMarked
package dev.kerbearer.rest.edge.connection;

import org.jspecify.annotations.NullMarked;

/** The queue: which call is processed next, and which is refused under overload. Knows nothing of HTTP. */
@NullMarked
package dev.kerbearer.rest.edge.queue;

import org.jspecify.annotations.NullMarked;

/** The outcome of calls, in metrics and in the log. */
@NullMarked
package dev.kerbearer.rest.edge.outcome;

import org.jspecify.annotations.NullMarked;

/** Refusals as HTTP answers: status, reason phrase, headers and body. */
@NullMarked
package dev.kerbearer.rest.edge.refusal;

import org.jspecify.annotations.NullMarked;

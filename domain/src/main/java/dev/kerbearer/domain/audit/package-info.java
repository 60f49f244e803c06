/** The audit lines of each decision, and the origins of requests. */
@NullMarked
package dev.kerbearer.domain.audit;

import org.jspecify.annotations.NullMarked;

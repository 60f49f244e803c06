/** Who accepts tokens, and asks what they are good for. */
@NullMarked
package dev.kerbearer.domain.resource;

import org.jspecify.annotations.NullMarked;

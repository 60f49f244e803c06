/** The resource servers, which accept and introspect tokens. */
@NullMarked
package dev.kerbearer.domain.resource;

import org.jspecify.annotations.NullMarked;

/** The scopes that callers request and get: grammar and algebra (docs/scopes.md). */
@NullMarked
package dev.kerbearer.domain.scope;

import org.jspecify.annotations.NullMarked;

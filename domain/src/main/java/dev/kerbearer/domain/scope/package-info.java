/** What a caller may ask for and be given: the scope grammar and its algebra (docs/scopes.md). */
@NullMarked
package dev.kerbearer.domain.scope;

import org.jspecify.annotations.NullMarked;

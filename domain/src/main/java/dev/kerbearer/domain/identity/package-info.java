/** Who somebody is, whichever directory keeps him, and the caller of one request. */
@NullMarked
package dev.kerbearer.domain.identity;

import org.jspecify.annotations.NullMarked;

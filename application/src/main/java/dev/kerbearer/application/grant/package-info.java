/** The use cases of a grant and its tokens: refresh, verification, introspection and revocation. */
@NullMarked
package dev.kerbearer.application.grant;

import org.jspecify.annotations.NullMarked;

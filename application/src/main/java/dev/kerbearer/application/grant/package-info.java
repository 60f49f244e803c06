/** The refresh, verification, introspection and revocation of tokens. */
@NullMarked
package dev.kerbearer.application.grant;

import org.jspecify.annotations.NullMarked;

/** The issue of grants, and the refresh, verification, introspection and revocation of their tokens. */
@NullMarked
package dev.kerbearer.application.grant;

import org.jspecify.annotations.NullMarked;

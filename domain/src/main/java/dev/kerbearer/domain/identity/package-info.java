/** The identities of users and groups in every directory, and the caller of a request. */
@NullMarked
package dev.kerbearer.domain.identity;

import org.jspecify.annotations.NullMarked;

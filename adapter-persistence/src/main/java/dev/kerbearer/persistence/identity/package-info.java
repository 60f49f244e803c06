/** Stores local users and groups, NTLM verifiers and the names of trustees. */
@NullMarked
package dev.kerbearer.persistence.identity;

import org.jspecify.annotations.NullMarked;

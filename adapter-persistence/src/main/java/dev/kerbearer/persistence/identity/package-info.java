/** Stores local identities, their NTLM password hashes, and trustees' names. */
@NullMarked
package dev.kerbearer.persistence.identity;

import org.jspecify.annotations.NullMarked;

/**
 * The ports: what the domain needs from outside, named by role. Adapters implement them; no framework type crosses
 * them.
 */
@NullMarked
package dev.kerbearer.domain.port;

import org.jspecify.annotations.NullMarked;

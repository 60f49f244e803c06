/** The readiness checks: storage, server key, keytabs and directories. */
@NullMarked
package dev.kerbearer.bootstrap.health;

import org.jspecify.annotations.NullMarked;

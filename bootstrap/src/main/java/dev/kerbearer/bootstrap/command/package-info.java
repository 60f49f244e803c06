/** The command {@code doctor}, which examines the set-up without starting the service. */
@NullMarked
package dev.kerbearer.bootstrap.command;

import org.jspecify.annotations.NullMarked;

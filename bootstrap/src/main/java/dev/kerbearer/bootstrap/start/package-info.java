/** Runs the start: the surroundings before the application, the imports, and the report for the operator. */
@NullMarked
package dev.kerbearer.bootstrap.start;

import org.jspecify.annotations.NullMarked;

/** TODO. */
@NullMarked
package dev.kerbearer.bootstrap.config;

import org.jspecify.annotations.NullMarked;

/** TODO. */
@NullMarked
package dev.kerbearer.persistence.integration;

import org.jspecify.annotations.NullMarked;

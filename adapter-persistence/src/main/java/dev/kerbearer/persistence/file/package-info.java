/** TODO. */
@NullMarked
package dev.kerbearer.persistence.file;

import org.jspecify.annotations.NullMarked;

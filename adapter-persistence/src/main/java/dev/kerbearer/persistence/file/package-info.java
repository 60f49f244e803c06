/** Creates and reads files that only their owner may access. */
@NullMarked
package dev.kerbearer.persistence.file;

import org.jspecify.annotations.NullMarked;

/** Creates files and folders that only their owner may read. */
@NullMarked
package dev.kerbearer.persistence.file;

import org.jspecify.annotations.NullMarked;

/** Creates files and folders that only their owner may read, if the file system supports that. */
@NullMarked
package dev.kerbearer.persistence.file;

import org.jspecify.annotations.NullMarked;

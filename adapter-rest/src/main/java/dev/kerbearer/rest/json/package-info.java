/** Definitions as JSON, in import files. */
@NullMarked
package dev.kerbearer.rest.json;

import org.jspecify.annotations.NullMarked;

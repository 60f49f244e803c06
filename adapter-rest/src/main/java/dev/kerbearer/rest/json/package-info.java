/** The JSON form of definitions in import files. */
@NullMarked
package dev.kerbearer.rest.json;

import org.jspecify.annotations.NullMarked;

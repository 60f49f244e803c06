/** Texts that others chose, as they can be written to a log. */
@NullMarked
package dev.kerbearer.windowsauth.text;

import org.jspecify.annotations.NullMarked;

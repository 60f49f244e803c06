/** Reads and writes the binary form of security identifiers, as directories and tickets hold them. */
@NullMarked
package dev.kerbearer.windowsauth.sid;

import org.jspecify.annotations.NullMarked;

/** Remembers that a directory is unavailable, so that only one caller at a time retries it. */
@NullMarked
package dev.kerbearer.windowsauth.outage;

import org.jspecify.annotations.NullMarked;

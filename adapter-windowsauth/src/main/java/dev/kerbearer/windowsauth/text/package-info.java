/** Makes text that clients or KDCs chose safe for a log. */
@NullMarked
package dev.kerbearer.windowsauth.text;

import org.jspecify.annotations.NullMarked;

/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.http;

import org.jspecify.annotations.NullMarked;

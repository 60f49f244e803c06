/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.practice;

import org.jspecify.annotations.NullMarked;

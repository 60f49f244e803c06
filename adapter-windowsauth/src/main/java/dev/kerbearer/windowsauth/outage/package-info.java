/** What is away, and who tries whether it still is. */
@NullMarked
package dev.kerbearer.windowsauth.outage;

import org.jspecify.annotations.NullMarked;

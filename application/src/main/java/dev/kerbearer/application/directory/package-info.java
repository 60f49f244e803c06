/** Which directory knows which users. */
@NullMarked
package dev.kerbearer.application.directory;

import org.jspecify.annotations.NullMarked;

/** Security identifiers as directories and tickets write them: in bytes. */
@NullMarked
package dev.kerbearer.windowsauth.sid;

import org.jspecify.annotations.NullMarked;

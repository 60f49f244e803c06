/** Looks at the whole set-up of Windows sign-in from outside, and says what to mend and how. */
@NullMarked
package dev.kerbearer.windowsauth.doctor;

import org.jspecify.annotations.NullMarked;

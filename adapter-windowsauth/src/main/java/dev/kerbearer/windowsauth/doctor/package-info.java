/** Examines the whole set-up of Windows sign-in from outside, and reports what to fix and how. */
@NullMarked
package dev.kerbearer.windowsauth.doctor;

import org.jspecify.annotations.NullMarked;

/** A Kerberos realm with its own KDC on loopback, for development and tests. */
@NullMarked
package dev.kerbearer.windowsauth.practice;

import org.jspecify.annotations.NullMarked;

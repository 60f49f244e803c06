/** Reads {@code krb5.conf} as the JDK does, and takes the allowed clock skew from it. */
@NullMarked
package dev.kerbearer.windowsauth.krb5conf;

import org.jspecify.annotations.NullMarked;

/** TODO. */
@NullMarked
package dev.kerbearer.windowsauth.krb5conf;

import org.jspecify.annotations.NullMarked;

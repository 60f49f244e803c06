/** What a keytab file holds, told without its keys, so that a refusal can say what would have opened a ticket. */
@NullMarked
package dev.kerbearer.windowsauth.keytab;

import org.jspecify.annotations.NullMarked;

/** The lookup of directories by provider and Kerberos realm. */
@NullMarked
package dev.kerbearer.application.directory;

import org.jspecify.annotations.NullMarked;

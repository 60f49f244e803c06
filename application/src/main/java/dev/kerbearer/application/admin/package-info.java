/** TODO. */
@NullMarked
package dev.kerbearer.application.admin;

import org.jspecify.annotations.NullMarked;

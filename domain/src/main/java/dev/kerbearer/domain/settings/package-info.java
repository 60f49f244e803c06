/** The settings that an operator may change while the service runs. */
@NullMarked
package dev.kerbearer.domain.settings;

import org.jspecify.annotations.NullMarked;

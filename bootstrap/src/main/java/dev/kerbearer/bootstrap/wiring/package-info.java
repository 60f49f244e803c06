/** Connects the use cases with the adapters by CDI producers, as configured. */
@NullMarked
package dev.kerbearer.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;

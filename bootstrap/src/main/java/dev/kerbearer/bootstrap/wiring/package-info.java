/** The CDI producers that connect the use cases with the adapters, as configured. */
@NullMarked
package dev.kerbearer.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;

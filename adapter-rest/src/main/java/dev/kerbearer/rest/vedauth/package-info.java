/** The calls of the VEDauth contract. */
@NullMarked
package dev.kerbearer.rest.vedauth;

import org.jspecify.annotations.NullMarked;

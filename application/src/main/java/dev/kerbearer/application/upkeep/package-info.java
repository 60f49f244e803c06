/** The regular jobs: cleanup, key rotation and resealing. */
@NullMarked
package dev.kerbearer.application.upkeep;

import org.jspecify.annotations.NullMarked;

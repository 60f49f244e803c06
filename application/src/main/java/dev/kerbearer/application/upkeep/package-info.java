/**
 * Maintenance outside requests: deletes old records, rotates signing keys, and reseals secrets under the newest server
 * key.
 */
@NullMarked
package dev.kerbearer.application.upkeep;

import org.jspecify.annotations.NullMarked;

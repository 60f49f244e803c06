/** Creates and updates API integrations from their definitions, and resolves the trustees on their access lists. */
@NullMarked
package dev.kerbearer.application.admin;

import org.jspecify.annotations.NullMarked;

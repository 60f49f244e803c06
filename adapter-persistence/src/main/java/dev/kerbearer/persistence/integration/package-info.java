/** Stores API integrations with their access rules, and resource servers. */
@NullMarked
package dev.kerbearer.persistence.integration;

import org.jspecify.annotations.NullMarked;

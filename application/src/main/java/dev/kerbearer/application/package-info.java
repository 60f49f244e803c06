/**
 * The use cases. Each is one class with one public method that reads top to bottom as the steps of the rule it carries
 * out: it decides first and writes last, and one port call writes.
 */
@NullMarked
package dev.kerbearer.application;

import org.jspecify.annotations.NullMarked;

/**
 * The use cases. Each use case is one class with one public method. The method reads from top to bottom as the steps of
 * its rule. It decides first and writes last, in one port call.
 */
@NullMarked
package dev.kerbearer.application;

import org.jspecify.annotations.NullMarked;

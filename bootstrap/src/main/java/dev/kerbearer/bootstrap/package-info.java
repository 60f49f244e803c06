/** Assembles the modules into a Quarkus application. {@link Kerbearer} is its main class. */
@NullMarked
package dev.kerbearer.bootstrap;

import org.jspecify.annotations.NullMarked;

/** Assembles the modules into a Quarkus application. {@link dev.kerbearer.bootstrap.Kerbearer} is its main class. */
@NullMarked
package dev.kerbearer.bootstrap;

import org.jspecify.annotations.NullMarked;

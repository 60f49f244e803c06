/** Assembles the rooms into a Quarkus application: one class of producers an adapter, the configuration, the start. */
@NullMarked
package dev.kerbearer.bootstrap;

import org.jspecify.annotations.NullMarked;

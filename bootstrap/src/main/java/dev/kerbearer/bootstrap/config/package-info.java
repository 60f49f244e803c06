/** Kerbearer's configuration: its keys, its sources such as secret files, and the checks of both. */
@NullMarked
package dev.kerbearer.bootstrap.config;

import org.jspecify.annotations.NullMarked;

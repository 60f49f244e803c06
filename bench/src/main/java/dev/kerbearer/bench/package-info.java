/** Measures the packaged application on loopback and writes reports (docs/performance.md). */
@NullMarked
package dev.kerbearer.bench;

import org.jspecify.annotations.NullMarked;

/** Measures the packaged application on loopback and writes what it found (docs/performance.md). */
@NullMarked
package dev.kerbearer.bench;

import org.jspecify.annotations.NullMarked;

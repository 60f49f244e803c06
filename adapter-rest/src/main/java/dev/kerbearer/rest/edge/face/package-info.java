/** What a face registers with the edge: its calls, their prefix and how their paths may be spelled. */
@NullMarked
package dev.kerbearer.rest.edge.face;

import org.jspecify.annotations.NullMarked;

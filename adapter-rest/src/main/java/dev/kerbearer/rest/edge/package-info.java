/**
 * What every request passes before a face answers it: transport rules, limits and the queue. The edge knows no face;
 * each face registers its calls ({@link dev.kerbearer.rest.edge.face.Face}).
 */
@NullMarked
package dev.kerbearer.rest.edge;

import org.jspecify.annotations.NullMarked;

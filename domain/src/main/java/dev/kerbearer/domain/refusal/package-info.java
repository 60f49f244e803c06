/** The one catalogue of refusals: OAuth code, public description, hint for the client, detail for the log. */
@NullMarked
package dev.kerbearer.domain.refusal;

import org.jspecify.annotations.NullMarked;

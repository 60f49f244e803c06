/** What is written down about each decision, and where it came from. */
@NullMarked
package dev.kerbearer.domain.audit;

import org.jspecify.annotations.NullMarked;

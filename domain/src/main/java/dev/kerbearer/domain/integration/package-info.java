/** The registered API integrations (OAuth clients), their access lists and their grant terms. */
@NullMarked
package dev.kerbearer.domain.integration;

import org.jspecify.annotations.NullMarked;

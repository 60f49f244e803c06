/** The registered API integrations (OAuth clients), their access lists, and the terms they give. */
@NullMarked
package dev.kerbearer.domain.integration;

import org.jspecify.annotations.NullMarked;

package dev.kerbearer.domain.settings;

import dev.kerbearer.domain.integration.GrantTerms;

/**
 * The system's settings.
 *
 * @param integrated whether Windows integrated sign-in gives grants
 * @param terms what neither an access rule nor an integration says
 */
public record Settings(boolean integrated, GrantTerms terms) {}

package dev.kerbearer.persistence.integration;

import dev.kerbearer.domain.integration.TermsOverride;
import dev.kerbearer.domain.integration.Validity;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The terms that a row sets itself; null values are inherited from the level above.
 *
 * @param accessValidity in seconds
 * @param grantValidity in seconds
 */
@Embeddable
record TermsColumns(
        @Column(name = "access_validity") @Nullable Integer accessValidity,
        @Column(name = "grant_validity") @Nullable Integer grantValidity,
        @Nullable Boolean renewable) {

    /** Returns the columns; null as Hibernate reads them, so that it does not take equal rows for different ones. */
    static @Nullable TermsColumns of(TermsOverride terms) {
        if (terms.equals(TermsOverride.NONE)) {
            return null;
        }
        return new TermsColumns(
                terms.access().map(TermsColumns::seconds).orElse(null),
                terms.grant().map(TermsColumns::seconds).orElse(null),
                terms.renewable().orElse(null));
    }

    /** Returns the terms. Hibernate reads an embedded value as null if all its columns are null. */
    static TermsOverride toDomain(@Nullable TermsColumns columns) {
        return columns == null
                ? TermsOverride.NONE
                : new TermsOverride(
                        Optional.ofNullable(columns.accessValidity()).map(Validity::ofSeconds),
                        Optional.ofNullable(columns.grantValidity()).map(Validity::ofSeconds),
                        Optional.ofNullable(columns.renewable()));
    }

    private static Integer seconds(Validity validity) {
        return Math.toIntExact(validity.toSeconds());
    }
}

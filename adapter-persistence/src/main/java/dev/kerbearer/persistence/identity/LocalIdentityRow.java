package dev.kerbearer.persistence.identity;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Provider;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code local_identities}: a group, or a user with their principals and groups. */
@Entity
@Table(name = "local_identities")
@NullUnmarked
class LocalIdentityRow {

    static final String USER = "user";
    static final String GROUP = "group";

    @Id
    UUID guid;

    @Column(updatable = false)
    String kind;

    String name;
    boolean enabled;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "local_principals", joinColumns = @JoinColumn(name = "user_guid"))
    Set<PrincipalColumns> principals = new HashSet<>();

    @ManyToMany
    @JoinTable(
            name = "local_memberships",
            joinColumns = @JoinColumn(name = "user_guid"),
            inverseJoinColumns = @JoinColumn(name = "group_guid"))
    Set<LocalIdentityRow> groups = new HashSet<>();

    LocalIdentityRow() {}

    LocalIdentityRow(UUID guid, String kind, PrefixedName name) {
        this.guid = guid;
        this.kind = kind;
        this.name = name.name();
        this.enabled = true;
    }

    boolean isUser() {
        return kind.equals(USER);
    }

    Identity identity() {
        return new Identity(Provider.LOCAL, guid);
    }

    PrefixedName prefixedName() {
        return new PrefixedName(Provider.LOCAL, name);
    }
}

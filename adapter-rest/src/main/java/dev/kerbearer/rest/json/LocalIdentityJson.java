package dev.kerbearer.rest.json;

import dev.kerbearer.domain.identity.Identity;
import dev.kerbearer.domain.identity.LocalIdentity;
import dev.kerbearer.domain.identity.PrefixedName;
import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.password.Password;
import dev.kerbearer.domain.secret.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A local identity as JSON; only {@code name} is required. */
record LocalIdentityJson(
        @Nullable String name,
        @Nullable String guid,
        @Nullable List<String> principals,
        @Nullable List<String> groups,
        @Nullable Boolean enabled,
        @Nullable String password,
        @Nullable Boolean ntlm) {

    private static final String FILE = "file:";

    /**
     * The prefix of an Argon2 hash (RFC 9106). The import refuses the hash: it would not be stored, although it would look
     * stored.
     */
    private static final String HASH = "$argon2";

    LocalIdentity toDomain() {
        return new LocalIdentity(
                localName(IntegrationJson.required("name", name)),
                Optional.ofNullable(guid).map(LocalIdentityJson::uuid),
                DistinctElements.of("principals", principals, Principal::parse),
                DistinctElements.of("groups", groups, LocalIdentityJson::localName),
                Objects.requireNonNullElse(enabled, true),
                ntlmPassword());
    }

    /** Returns the password for NTLM. An unused password is refused: if it were ignored, it would look stored. */
    private Optional<Password> ntlmPassword() {
        if (!Objects.requireNonNullElse(ntlm, false)) {
            if (password != null) {
                throw new IllegalArgumentException(withoutUse(password));
            }
            return Optional.empty();
        }
        if (password == null) {
            throw new IllegalArgumentException("if ntlm is true, a password is needed: \"password\": \"file:<path>\"");
        }
        return Optional.of(passwordOf(password));
    }

    /** Returns the error text, without the password. */
    private static String withoutUse(String written) {
        return written.startsWith(HASH)
                ? "the password is a hash, which no sign-in uses: remove it"
                : "only NTLM uses a password: add \"ntlm\": true and write \"password\": \"file:<path>\", or remove"
                        + " the password";
    }

    /** Reads the password; error texts never contain it. */
    private static Password passwordOf(String written) {
        if (written.startsWith(FILE)) {
            return passwordIn(written.substring(FILE.length()));
        }
        throw new IllegalArgumentException(
                written.startsWith(HASH)
                        ? "the password is a hash, and NTLM needs the password itself: write \"file:<path>\""
                        : "the password is not file:<path>");
    }

    private static Password passwordIn(String path) {
        try {
            return Password.of(SecretText.of(Files.readAllBytes(Path.of(path))));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the password's file " + path + " is missing or cannot be read");
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("the password in " + path + ": " + refused.getMessage());
        }
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "LocalIdentityJson[" + name + "]";
    }

    private static PrefixedName localName(String name) {
        return new PrefixedName(Provider.LOCAL, name);
    }

    private static UUID uuid(String written) {
        return Identity.parse(Provider.LOCAL + ":{" + written + "}")
                .orElseThrow(() -> new IllegalArgumentException("the guid " + written + " is not valid"))
                .guid();
    }
}

package dev.kerbearer.rest.json;

import dev.kerbearer.domain.digest.Sha256;
import dev.kerbearer.domain.integration.ClientId;
import dev.kerbearer.domain.resource.ResourceServer;
import dev.kerbearer.domain.resource.ResourceServerId;
import dev.kerbearer.domain.secret.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource server as JSON; {@code id} and {@code secret} are required. */
record ResourceServerJson(
        @Nullable String id,
        @Nullable String secret,
        @Nullable List<String> integrations,
        @Nullable Boolean enabled) {

    private static final String FILE = "file:";
    private static final String DIGEST = "sha256:";

    /** Only the digest is stored, and a digest protects a short secret poorly. */
    private static final int SHORTEST_SECRET = 16;

    ResourceServer toDomain() {
        return new ResourceServer(
                new ResourceServerId(IntegrationJson.required("id", id)),
                digest(IntegrationJson.required("secret", secret)),
                Optional.ofNullable(integrations).map(ids -> DistinctElements.of("integrations", ids, ClientId::new)),
                Objects.requireNonNullElse(enabled, true));
    }

    /** Returns the digest of the secret; error texts never contain the secret. */
    private static Sha256 digest(String written) {
        if (written.startsWith(FILE)) {
            return digestOfFile(written.substring(FILE.length()));
        }
        if (written.startsWith(DIGEST)) {
            try {
                return Sha256.ofDigest(HexFormat.of().parseHex(written.substring(DIGEST.length())));
            } catch (IllegalArgumentException malformed) {
                throw new IllegalArgumentException("the secret is not sha256: and 64 hexadecimal digits");
            }
        }
        throw new IllegalArgumentException("the secret begins with neither file: nor sha256:");
    }

    private static Sha256 digestOfFile(String path) {
        String secret;
        try {
            secret = SecretText.of(Files.readAllBytes(Path.of(path))).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the secret's file " + path + " is missing or cannot be read");
        } catch (IllegalArgumentException otherEncoding) {
            throw new IllegalArgumentException("the secret in " + path + ": " + otherEncoding.getMessage());
        }
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("the secret in " + path + " has less than " + SHORTEST_SECRET
                    + " characters; make one with: openssl rand -hex 32");
        }
        return Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "ResourceServerJson[" + id + ", secret hidden]";
    }
}

package dev.kerbearer.bootstrap.wiring;

import dev.kerbearer.bootstrap.config.KerbearerConfig;
import dev.kerbearer.domain.key.KeyId;
import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.domain.key.ServerKeys;
import dev.kerbearer.domain.port.ServerKeyRegister;
import dev.kerbearer.persistence.file.PrivateFiles;
import dev.kerbearer.persistence.key.ServerKeyFolder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The server keys: from the configuration, or from the data folder of a single machine. */
@Singleton
public final class KeyWiring {

    @Produces
    @Singleton
    public ServerKeys serverKeys(KerbearerConfig config, ServerKeyRegister register) {
        List<ServerKey> previous = config.keys().previous().orElse(List.of()).stream()
                .map(written -> read("kerbearer.keys.previous", written))
                .toList();
        ServerKey current = config.keys()
                .current()
                .map(written -> read("kerbearer.keys.current", written))
                .orElseGet(() -> kept(config.dataDir().resolve("keys")));
        ServerKeys keys = new ServerKeys(current, previous);
        Optional<KeyId> missing = register.admit(keys);
        if (missing.isPresent()) {
            throw new IllegalStateException(MissingServerKey.message(missing.get()));
        }
        return keys;
    }

    private static ServerKey read(String key, String written) {
        try {
            return ServerKey.of(Base64.getDecoder().decode(written.strip()));
        } catch (IllegalArgumentException malformed) {
            // The message must not contain the secret.
            throw new IllegalArgumentException(
                    key + " is not 256 bits in base64; make one with: openssl rand -base64 32");
        }
    }

    private static ServerKey kept(Path folder) {
        try {
            return ServerKeyFolder.keyIn(folder);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(folder.resolve("current") + " holds no key of 256 bits in base64");
        } catch (IOException e) {
            throw new UncheckedIOException(PrivateFiles.cannotWrite(folder) + ", or set kerbearer.keys.current", e);
        }
    }
}

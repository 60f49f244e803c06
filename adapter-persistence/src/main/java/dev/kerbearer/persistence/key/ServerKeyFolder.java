package dev.kerbearer.persistence.key;

import dev.kerbearer.domain.key.ServerKey;
import dev.kerbearer.persistence.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

/** The server key of a single machine, created at the first start and kept in the data folder, outside the database. */
public final class ServerKeyFolder {

    private ServerKeyFolder() {}

    /**
     * Returns the key in that folder. A new key is written first if there is none.
     *
     * @param folder is created if it is missing, for its owner only
     * @throws IOException if the key cannot be read or written
     * @throws IllegalArgumentException if the stored value is not a key
     */
    public static ServerKey keyIn(Path folder) throws IOException {
        PrivateFiles.createFolder(folder);
        String kept = PrivateFiles.secretIn(folder.resolve("current"), ServerKey.LENGTH, Base64.getEncoder());
        return ServerKey.of(Base64.getDecoder().decode(kept));
    }
}

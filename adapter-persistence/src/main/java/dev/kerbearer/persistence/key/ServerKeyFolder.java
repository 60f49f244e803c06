package dev.kerbearer.persistence.key;

import dev.kerbearer.persistence.file.PrivateFiles;

import dev.kerbearer.domain.key.ServerKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

/** The server key of a single machine, made at the first start and kept in the data folder, outside the database. */
public final class ServerKeyFolder {

    private ServerKeyFolder() {}

    /**
     * The key in that folder, drawn and written first where there is none.
     *
     * @param folder made where it is missing, for its owner only
     * @throws IOException where it can be neither read nor written
     * @throws IllegalArgumentException where what is there is no key
     */
    public static ServerKey keyIn(Path folder) throws IOException {
        PrivateFiles.createFolder(folder);
        String kept = PrivateFiles.secretIn(folder.resolve("current"), ServerKey.LENGTH, Base64.getEncoder());
        return ServerKey.of(Base64.getDecoder().decode(kept));
    }
}

package dev.kerbearer.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords of local identities in an import file. */
class LocalIdentityJsonTest {

    @TempDir
    Path folder;

    /** A hash that is accepted and dropped would look like a password that can be used to sign in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQAAAAAAAAA$bHlJ7mVnOXmRkqd1nFzqjS6oVbIhl4Yzq0aQn1Zr0nA",
                "$argon2i$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$bHlJ7mVnOXmRkqd1nFzqjQ",
                "$argon2id$"
            })
    void aHashIsRefusedWithAReasonWithAndWithoutNtlm(String hash) throws IOException {
        assertRefused(
                "{\"name\":\"alice\",\n\"password\":\"" + hash + "\",\"ntlm\":true}",
                "the password is a hash, and NTLM needs the password itself: write \"file:<path>\"",
                hash);
        for (String noNtlm : new String[] {"", ",\"ntlm\":false", ",\"ntlm\":null"}) {
            assertRefused(
                    "{\"name\":\"alice\",\n\"password\":\"" + hash + "\"" + noNtlm + "}",
                    "the password is a hash, which no sign-in uses: remove it",
                    hash);
        }
    }

    /** A password that is read and dropped would look like a stored one. */
    @Test
    void anUnusedPasswordIsRefusedWithAReason() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "correct horse 1\n");
        for (String written : new String[] {"file:" + password, "file:" + folder.resolve("none"), "correct horse 1"}) {
            for (String noNtlm : new String[] {"", ",\"ntlm\":false", ",\"ntlm\":null"}) {
                assertRefused(
                        "{\"name\":\"alice\",\n\"password\":\"" + written + "\"" + noNtlm + "}",
                        "only NTLM uses a password: add \"ntlm\": true and write \"password\": \"file:<path>\", or"
                                + " remove the password",
                        "horse");
            }
        }
    }

    @Test
    void aPasswordInsteadOfAPathIsRefusedAndNotShown() throws IOException {
        assertRefused(
                "{\"name\":\"alice\",\n\"ntlm\":true,\"password\":\"correct horse\"}",
                "the password is not file:<path>",
                "horse");
    }

    @Test
    void aPasswordInAFileIsRead() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "correct horse 1\n");
        Path file = Files.writeString(
                folder.resolve("import.json"),
                "{\"name\":\"alice\",\"password\":\"file:" + password + "\",\"ntlm\":true}");
        ImportFile.identities(file)
                .apply(identity -> assertThat(identity.ntlm()).isPresent());
    }

    private void assertRefused(String json, String reason, String secret) throws IOException {
        Path file = Files.writeString(folder.resolve("import.json"), json);
        assertThatThrownBy(() -> ImportFile.identities(file))
                .isInstanceOf(BadImportException.class)
                .hasMessageContaining(file + ", line 1: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining(secret);
    }
}

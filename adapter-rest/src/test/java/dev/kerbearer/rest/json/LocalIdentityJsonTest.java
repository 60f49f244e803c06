package dev.kerbearer.rest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.password.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** Editors on Windows write a byte order mark and another line end. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aPasswordInAFileIsReadAsItIsMeant(String end) throws IOException {
        for (String mark : new String[] {"", "\uFEFF"}) {
            Path password = Files.writeString(folder.resolve("password"), mark + "correct horse 1" + end);
            assertThat(ImportFiles.identities(List.of(identity(password))).values())
                    .singleElement()
                    .satisfies(identity ->
                            assertThat(identity.ntlm().map(Password::reveal)).contains("correct horse 1"));
        }
    }

    @Test
    void aPasswordInAnotherEncodingIsRefusedWithAReason() throws IOException {
        Path password =
                Files.write(folder.resolve("password"), "\uFEFFcorrect horse 1".getBytes(StandardCharsets.UTF_16LE));
        Path file = identity(password);
        assertThatThrownBy(() -> ImportFiles.identities(List.of(file)))
                .isInstanceOf(BadImportException.class)
                .hasMessageContaining("the password in " + password + ": it is UTF-16: save it as UTF-8");
    }

    private Path identity(Path password) throws IOException {
        return Files.writeString(
                folder.resolve("import.json"),
                "{\"name\":\"alice\",\"password\":\"file:" + password + "\",\"ntlm\":true}");
    }

    private void assertRefused(String json, String reason, String secret) throws IOException {
        Path file = Files.writeString(folder.resolve("import.json"), json);
        assertThatThrownBy(() -> ImportFiles.identities(List.of(file)))
                .isInstanceOf(BadImportException.class)
                .hasMessageContaining(file + ", line 1: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining(secret);
    }
}

package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A read-only root file system, as containers often have. Needs root, for a mount namespace. */
class ReadOnlyRootHeavyIT {

    /** Makes every file system read-only, except the devices and one folder. Then it runs the command. */
    private static final String READ_ONLY = """
            #!/bin/sh
            written=$1
            shift
            mount --make-rprivate / && mount --bind "$written" "$written" || exit 98
            while read -r device point rest; do
                case $point in
                    /proc* | /sys* | /dev* | *written) ;;
                    *) mount -o remount,bind,ro "$(printf %b "$point")" 2>/dev/null ;;
                esac
            done </proc/self/mounts
            if touch "$written/../here" /tmp/here 2>/dev/null; then exit 97; fi
            exec "$@"
            """;

    @Test
    void theDataFolderIsAllThatANodeWritesTo() throws Exception {
        InstalledProgram program = InstalledProgram.install();
        Path readOnly = Files.writeString(program.folder().resolve("read-only"), READ_ONLY);
        InstalledProgram.Outcome node = program.start("unshare --mount sh " + readOnly + " \"$PWD/$umlaut/written\"");
        assertThat(node.exit()).as(node.said()).isEqualTo(143);
        assertThat(node.said()).contains("Database: jdbc:postgresql://127.0.0.1:", "Listening on: ");
        assertThat(node.said()).doesNotContain(" ERROR ").doesNotContain("Exception");
    }
}

package dev.kerbearer.bootstrap;

import dev.kerbearer.bootstrap.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Realms that trust each other, in one MIT KDC on loopback, with users who sign in by curl. Needs Debian's krb5-kdc.
 */
final class MitRealms implements AutoCloseable {

    private static final String PASSWORD = "Practice makes 2 perfect";

    private final Path folder;
    private final List<String> realms;
    private final Process kdc;

    private MitRealms(Path folder, List<String> realms, int port) throws IOException, InterruptedException {
        SeenSecrets.text(PASSWORD);
        this.folder = folder;
        this.realms = realms;
        Files.writeString(folder.resolve("krb5.conf"), clients(port));
        Files.writeString(folder.resolve("kdc.conf"), kdcs(port));
        for (String realm : realms) {
            run(List.of("kdb5_util", "-r", realm, "create", "-s", "-P", PASSWORD), "");
        }
        for (String realm : realms) {
            for (String other : realms) {
                if (!other.equals(realm)) {
                    admin(realm, "addprinc", "-pw", PASSWORD, "krbtgt/" + realm + "@" + other);
                    admin(realm, "addprinc", "-pw", PASSWORD, "krbtgt/" + other + "@" + realm);
                }
            }
        }
        List<String> command = new ArrayList<>(List.of("krb5kdc", "-n"));
        realms.forEach(realm -> command.addAll(List.of("-r", realm)));
        this.kdc = process(command, "default").start();
        awaitAnswer(port);
    }

    static MitRealms start(Path folder, String... realms) throws IOException, InterruptedException {
        return new MitRealms(folder.toAbsolutePath(), List.of(realms), freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private String clients(int port) {
        StringBuilder conf = new StringBuilder("[libdefaults]\n default_realm = " + realms.get(0)
                + "\n dns_lookup_kdc = false\n rdns = false\n dns_canonicalize_hostname = false\n"
                + " udp_preference_limit = 1\n[realms]\n");
        realms.forEach(realm -> conf.append(" %s = {\n  kdc = 127.0.0.1:%d\n }\n".formatted(realm, port)));
        return conf.append("[domain_realm]\n localhost = ")
                .append(realms.get(0))
                .append('\n')
                .toString();
    }

    /**
     * Uses the newest key type, which signs PACs differently. Only tickets of the first realm have PACs, because a KDC
     * with PACs misreads a name with a slash and issues no tickets for it.
     */
    private String kdcs(int port) {
        StringBuilder conf = new StringBuilder(
                "[kdcdefaults]\n kdc_listen = 127.0.0.1:%1$d\n kdc_tcp_listen = 127.0.0.1:%1$d\n[realms]\n"
                        .formatted(port));
        realms.forEach(realm -> conf.append("""
                 %1$s = {
                  database_name = %2$s/%1$s.db
                  key_stash_file = %2$s/%1$s.stash
                  acl_file = %2$s/none
                  supported_enctypes = aes256-cts-hmac-sha384-192:normal
                  disable_pac = %3$s
                 }
                """.formatted(realm, folder, !realm.equals(realms.get(0)))));
        return conf.append("[logging]\n kdc = FILE:")
                .append(folder.resolve("kdc.log"))
                .append('\n')
                .toString();
    }

    /** Adds a user and signs them in. */
    void addUser(String name, String realm) throws IOException, InterruptedException {
        admin(realm, "addprinc", "-pw", PASSWORD, name + "@" + realm);
        run(List.of("kinit", name + "@" + realm), PASSWORD + "\n", cacheOf(name, realm));
    }

    /** Adds a service of the first realm, and writes its key to that file. */
    Path addService(String name, Path keytab) throws IOException, InterruptedException {
        admin(realms.get(0), "addprinc", "-randkey", name);
        admin(realms.get(0), "ktadd", "-k", keytab.toString(), name);
        return keytab;
    }

    /** Asks for a grant with curl as a signed-in user. */
    Answer authorize(String name, String realm, int port, String json) throws IOException, InterruptedException {
        return Answer.of(run(
                List.of(
                        "curl",
                        "--silent",
                        "--include",
                        "--negotiate",
                        "-u",
                        ":",
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        json,
                        "http://localhost:" + port + Practice.AUTHORIZE),
                "",
                cacheOf(name, realm)));
    }

    private static String cacheOf(String name, String realm) {
        return (name + "@" + realm).replaceAll("[^A-Za-z.]", "_");
    }

    private void admin(String realm, String... query) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kadmin.local", "-r", realm));
        command.addAll(List.of(query));
        run(command, "");
    }

    private void run(List<String> command, String input) throws IOException, InterruptedException {
        run(command, input, "none");
    }

    private byte[] run(List<String> command, String input, String cache) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = process(command, cache).redirectOutput(said.toFile()).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end well: " + Files.readString(said)
                    + Files.readString(folder.resolve("log")));
        }
        return Files.readAllBytes(said);
    }

    private ProcessBuilder process(List<String> command, String cache) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("KRB5_CONFIG", folder.resolve("krb5.conf").toString());
        builder.environment().put("KRB5_KDC_PROFILE", folder.resolve("kdc.conf").toString());
        builder.environment()
                .put("KRB5CCNAME", folder.resolve(cache + ".ccache").toString());
        builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
        return builder;
    }

    private void awaitAnswer(int port) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new AssertionError("krb5kdc does not answer: " + Files.readString(folder.resolve("log")));
    }

    @Override
    public void close() {
        kdc.destroy();
        kdc.onExit().join();
    }
}

package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.windowsauth.KerberosClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A real domain controller that {@code lab/up} starts (docs/testing.md), with users who sign in, and an administrator. */
final class WindowsDomain implements AutoCloseable {

    static final String PASSWORD = "Practice-makes-perfect-1";

    private static final Path LAB = Path.of("../lab").toAbsolutePath().normalize();

    private final Path folder;
    private final String realm;
    private final String address;
    private final LDAPConnection administrator;

    private WindowsDomain(Path folder, String realm, String address) throws Exception {
        this.folder = folder;
        this.realm = realm;
        this.address = address;
        this.administrator = new LDAPConnection(
                new SSLUtil(new PEMFileTrustManager(certificateAuthority().toFile())).createSSLSocketFactory(),
                address,
                636,
                "administrator@" + realm.toLowerCase(Locale.ROOT),
                PASSWORD);
    }

    /** Makes and starts one; where that cannot be, the test fails and says why. */
    static WindowsDomain start(String realm, String address) throws Exception {
        // Samba's sockets must have short names.
        Path folder = Files.createTempDirectory("lab");
        run(List.of(LAB.resolve("up").toString(), folder.toString(), realm, address), folder, "");
        SeenSecrets.text(PASSWORD);
        return new WindowsDomain(folder, realm, address);
    }

    Path krb5Conf() {
        return folder.resolve("krb5.conf");
    }

    Path keytab() {
        return folder.resolve("http.keytab");
    }

    Path certificateAuthority() {
        return folder.resolve("ca.pem");
    }

    String address() {
        return address;
    }

    /** Signs a user in at the domain controller and gets him a ticket for the service. */
    void signIn(String user) throws Exception {
        run(List.of("kinit", user), folder, PASSWORD + "\n", cacheOf(user));
        run(List.of("kvno", "-q", "HTTP/localhost"), folder, "", cacheOf(user));
    }

    /** A signed-in user asks for a grant with curl. */
    Answer authorize(String user, int port, String client, String scope) throws Exception {
        String json = "{\"client_id\":\"" + client + "\",\"scope\":\"" + scope + "\"}";
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
                folder,
                "",
                cacheOf(user)));
    }

    /** A ticket of a signed-in user, as curl would send it. */
    byte[] token(String user) {
        return new KerberosClient(krb5Conf(), cacheOf(user)).token("HTTP/localhost");
    }

    Path cacheOf(String user) {
        return folder.resolve(user + ".ccache");
    }

    /** A new user with the usual password. */
    void add(String user) throws LDAPException {
        Entry entry = new Entry(dn(user));
        entry.addAttribute("objectClass", "user");
        entry.addAttribute("sAMAccountName", user);
        entry.addAttribute("unicodePwd", ("\"" + PASSWORD + "\"").getBytes(StandardCharsets.UTF_16LE));
        entry.addAttribute("userAccountControl", "512");
        administrator.add(entry);
    }

    void set(String user, String attribute, String value) throws LDAPException {
        administrator.modify(dn(user), new Modification(ModificationType.REPLACE, attribute, value));
    }

    void rename(String user, String to) throws LDAPException {
        set(user, "sAMAccountName", to);
        administrator.modifyDN(dn(user), "CN=" + to, true);
    }

    void delete(String user) throws LDAPException {
        administrator.delete(dn(user));
    }

    private String dn(String user) {
        return "CN=" + user + ",CN=Users,DC=" + realm.toLowerCase(Locale.ROOT).replace(".", ",DC=");
    }

    private static byte[] run(List<String> command, Path folder, String input) throws Exception {
        return run(command, folder, input, folder.resolve("none"));
    }

    private static byte[] run(List<String> command, Path folder, String input, Path credentials) throws Exception {
        Path errors = folder.resolve("errors.txt");
        // A daemon keeps its standard output open, so that cannot be waited for.
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("KRB5_CONFIG", folder.resolve("krb5.conf").toString());
        builder.environment().put("KRB5CCNAME", credentials.toString());
        builder.environment().put("LAB_PASSWORD", PASSWORD);
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end");
        }
        assertThat(process.exitValue())
                .as(
                        "%s: %s%s",
                        command.get(0), Files.readString(output, StandardCharsets.ISO_8859_1), Files.readString(errors))
                .isZero();
        return Files.readAllBytes(output);
    }

    @Override
    public void close() throws IOException {
        administrator.close();
        try {
            run(
                    List.of(LAB.resolve("down").toString(), folder.toString(), "--forget"),
                    Files.createTempDirectory("down"),
                    "");
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}

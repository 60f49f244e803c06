package dev.kerbearer.bootstrap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.ntlm.NtlmAcceptor;
import dev.kerbearer.windowsauth.ntlm.NtlmAuthority;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import dev.kerbearer.windowsauth.ntlm.NtlmProof;
import dev.kerbearer.windowsauth.ntlm.ServiceNames;
import dev.kerbearer.windowsauth.ntlm.message.TargetInformation;
import dev.kerbearer.windowsauth.pac.ForgedPac;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kerby.kerberos.kerb.type.base.CheckSumType;
import org.apache.kerby.kerberos.kerb.type.base.EncryptionKey;

/**
 * A Windows domain that can hang: a program in place of {@code ntlm_auth}, and a directory. Both answer that they know
 * no user, and while they are held they answer nothing.
 */
final class HangingDomain implements AutoCloseable {

    private static final String REALM = "CORP.EXAMPLE";
    private static final String ROOT = "DC=corp,DC=example";
    private static final String PARTITIONS = "CN=Partitions,CN=Configuration," + ROOT;
    private static final Sid DOMAIN = new Sid("S-1-5-21-1-2-3");
    private static final String BINDER = "CN=binder," + ROOT;
    private static final String PASSWORD = "binds-to-nothing-real";

    private static final String PROGRAM = """
            #!/bin/sh
            case $1 in *squid*)
              read -r line && echo "TT %s"
              exit
            esac
            while read -r line; do
              case $line in
                Question-*) echo "Error: Unknown request ${line%%%%:*}"; echo . ;;
                Username::*) user=${line#Username:: } ;;
                .)
                  case $user in
                    %s*) while [ -e "%s" ]; do sleep 0.05; done ;;
                  esac
                  echo 'Authenticated: No'
                  echo "Authentication-Error: no 'The specified account does not exist.'"
                  echo .
                  echo . ;;
              esac
            done
            """;

    private final Path folder;
    private final Path hold;
    private final TlsIdentity identity;
    private final EncryptionKey key = ForgedTicket.key(3);
    private final InMemoryDirectoryServer directory;
    private volatile CountDownLatch held = new CountDownLatch(0);

    private HangingDomain(Path folder) throws Exception {
        this.folder = folder;
        this.hold = folder.resolve("hold");
        this.identity = TlsIdentity.ofEllipticCurve(folder.resolve("tls"), "localhost");
        this.directory = directory();
        String hanging = base64("hangs-".getBytes(StandardCharsets.US_ASCII));
        Path program = Files.writeString(
                folder.resolve("ntlm_auth"), PROGRAM.formatted(base64(challengeOfMember()), hanging, hold));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        ForgedTicket.keytab(folder.resolve("corp.keytab"), "HTTP/localhost@" + REALM, key);
        SeenSecrets.bytes(key.getKeyData());
        SeenSecrets.text(PASSWORD);
    }

    static HangingDomain start(Path folder) throws Exception {
        return new HangingDomain(folder);
    }

    /** Configures a node to use this domain. */
    void join(Map<String, String> configuration) {
        configuration.merge(
                "kerbearer.negotiate.keytabs",
                folder.resolve("corp.keytab").toString(),
                (others, own) -> others + "," + own);
        configuration.put("kerbearer.realms.\"" + REALM + "\".provider", "CORP");
        String corp = "kerbearer.directories.CORP.";
        configuration.put(corp + "url", "ldaps://localhost:" + directory.getListenPort());
        configuration.put(
                corp + "certificate-authorities", identity.certificateFile().toString());
        configuration.put(corp + "bind.name", BINDER);
        configuration.put(corp + "bind.password", PASSWORD);
        configuration.put(corp + "timeout", "60s");
        configuration.put("kerbearer.ntlm.enabled", "true");
        configuration.put("kerbearer.ntlm.authority", "winbind");
        configuration.put(
                "kerbearer.ntlm.winbind.program", folder.resolve("ntlm_auth").toString());
        configuration.put("kerbearer.ntlm.winbind.processes", "64");
        configuration.put("kerbearer.ntlm.winbind.timeout", "60s");
    }

    /** From now on there are no answers for tickets' users and for names that {@link #hangingUser} makes. */
    void hold() throws IOException {
        held = new CountDownLatch(1);
        Files.createFile(hold);
    }

    void release() throws IOException {
        held.countDown();
        Files.delete(hold);
    }

    /** Returns a user whose password is not checked while the domain is held. */
    static NtlmClient hangingUser(int number) {
        return NtlmClient.of("CORP", "hangs-" + number, Practice.PASSWORD);
    }

    /** Returns a user whose password is always checked. */
    static NtlmClient otherUser() {
        return NtlmClient.of("CORP", "another", Practice.PASSWORD);
    }

    /** Returns a ticket whose user is looked up in the directory. */
    byte[] ticket(int user) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        byte[] pac = new ForgedPac("pat", now, DOMAIN, user).unsigned(List.of(), List.of(), List.of());
        return ForgedTicket.with(key)
                .service("HTTP/localhost", REALM)
                .client("pat", REALM)
                .authenticated(now)
                .pac(ForgedPac.signed(pac, CheckSumType.HMAC_SHA1_96_AES256, key.getKeyData()))
                .raw();
    }

    private InMemoryDirectoryServer directory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(ROOT);
        config.setSchema(null);
        config.setCustomRootDSEAttributes(List.of(
                new Attribute("defaultNamingContext", ROOT),
                new Attribute("configurationNamingContext", "CN=Configuration," + ROOT)));
        config.addAdditionalBindCredentials(BINDER, PASSWORD);
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
                waitUntilReleased();
            }
        });
        config.setListenerConfigs(new InMemoryListenerConfig(
                "ldaps", InetAddress.getLoopbackAddress(), 0, identity.context().getServerSocketFactory(), null, null));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        addNames(server);
        server.startListening();
        return server;
    }

    private static void addNames(InMemoryDirectoryServer server) throws LDAPException {
        Entry root = new Entry(ROOT, new Attribute("objectClass", "domainDNS"));
        root.addAttribute("objectSid", binary(DOMAIN));
        server.add(root);
        server.add("CN=Configuration," + ROOT, new Attribute("objectClass", "configuration"));
        server.add(PARTITIONS, new Attribute("objectClass", "crossRefContainer"));
        server.add(
                "CN=CORP," + PARTITIONS,
                new Attribute("objectClass", "crossRef"),
                new Attribute("nCName", ROOT),
                new Attribute("nETBIOSName", "CORP"),
                new Attribute("dnsRoot", "corp.example"));
    }

    /** [MS-DTYP] section 2.4.2.2. */
    private static byte[] binary(Sid sid) {
        String[] parts = sid.text().split("-", -1);
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * (parts.length - 3)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 1)
                .put((byte) (parts.length - 3))
                .put(7, Byte.parseByte(parts[2]))
                .position(8);
        for (int i = 3; i < parts.length; i++) {
            bytes.putInt(Integer.parseInt(parts[i]));
        }
        return bytes.array();
    }

    private static byte[] challengeOfMember() throws Exception {
        NtlmAuthority member = new NtlmAuthority() {
            @Override
            public TargetInformation target() {
                return TargetInformation.ofMember("CORP", "MEMBER", "corp.example", "member.corp.example");
            }

            @Override
            public Verdict check(NtlmProof proof) {
                return new Verdict.Wrong(new Detail("no password is right here"));
            }
        };
        ServiceNames anyName = new ServiceNames(Set::of, false);
        return new NtlmAcceptor(member, anyName, new SecureRandom()::nextBytes, InstantSource.system())
                .begin(otherUser().negotiate())
                .challengeBytes();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void waitUntilReleased() {
        try {
            if (!held.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the domain was not released");
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Releases it too, so that nothing waits for it any more. */
    @Override
    public void close() throws IOException {
        held.countDown();
        Files.deleteIfExists(hold);
        directory.shutDown(true);
    }
}

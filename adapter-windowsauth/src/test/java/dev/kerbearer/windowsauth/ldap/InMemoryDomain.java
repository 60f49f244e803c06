package dev.kerbearer.windowsauth.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import com.unboundid.util.ssl.TrustAllTrustManager;
import com.unboundid.util.ssl.cert.ManageCertificates;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An LDAP server with the attributes of Active Directory, for tests that run in every build. The heavier suite shows
 * that a real domain controller behaves the same.
 */
public final class InMemoryDomain implements AutoCloseable {

    static final Sid DOMAIN = new Sid("S-1-5-21-1-2-3");

    private static final String ROOT = "DC=corp,DC=example";
    private static final String DNS_NAME = "corp.example";
    static final String USERS = "CN=Users," + ROOT;
    private static final String BINDER = "CN=svc-ldap," + USERS;
    private static final String PASSWORD = "not-a-secret-of-anybody";

    private final AtomicInteger searches = new AtomicInteger();
    private final InMemoryDirectoryServer server;
    private final Path authorities;
    private final int port;
    private final String partitions;
    private volatile CountDownLatch held = new CountDownLatch(0);

    public InMemoryDomain(Path folder) throws Exception {
        this(folder, "CORP", DNS_NAME, DNS_NAME);
    }

    /** Creates a domain of another name; only corp.example has users. */
    public InMemoryDomain(Path folder, String shortName, String dnsName, String forest) throws Exception {
        String root = distinguished(dnsName);
        String configuration = "CN=Configuration," + distinguished(forest);
        this.partitions = "CN=Partitions," + configuration;
        Path keyStore = keyStore(folder.resolve("keys"));
        this.authorities = pem(keyStore, folder.resolve("ca.pem"));
        SSLUtil tls = new SSLUtil(
                new KeyStoreKeyManager(keyStore.toFile(), PASSWORD.toCharArray(), "PKCS12", null),
                new TrustAllTrustManager());
        this.port = freePort();
        InMemoryDirectoryServerConfig config = dnsName.equals(forest)
                ? new InMemoryDirectoryServerConfig(root)
                : new InMemoryDirectoryServerConfig(root, configuration);
        config.setSchema(null);
        config.setCustomRootDSEAttributes(List.of(
                new Attribute("defaultNamingContext", root),
                new Attribute("configurationNamingContext", configuration)));
        config.addAdditionalBindCredentials(BINDER, PASSWORD);
        config.addInMemoryOperationInterceptor(new InMemoryOperationInterceptor() {
            @Override
            public void processSearchRequest(InMemoryInterceptedSearchRequest request) {
                searches.incrementAndGet();
                waitUntilReleased();
            }
        });
        config.setListenerConfigs(new InMemoryListenerConfig(
                "ldaps", InetAddress.getLoopbackAddress(), port, tls.createSSLServerSocketFactory(), null, null));
        this.server = new InMemoryDirectoryServer(config);
        Entry top = new Entry(root, new Attribute("objectClass", "domainDNS"));
        top.addAttribute("objectSid", BinarySid.write(DOMAIN));
        server.add(top);
        server.add("CN=Users," + root, new Attribute("objectClass", "container"));
        server.add(configuration, new Attribute("objectClass", "configuration"));
        addNames(shortName, root, dnsName);
        server.startListening();
    }

    /** Adds the domain to the list of the forest, which also has partitions that are no domain. */
    private void addNames(String shortName, String root, String dnsName) throws LDAPException {
        server.add(partitions, new Attribute("objectClass", "crossRefContainer"));
        addDomainOfTheForest(shortName, root, dnsName);
        server.add(
                "CN=DomainDnsZones," + partitions,
                new Attribute("objectClass", "crossRef"),
                new Attribute("nCName", "DC=DomainDnsZones," + root),
                new Attribute("dnsRoot", "DomainDnsZones." + dnsName));
    }

    private static String distinguished(String dnsName) {
        return "DC=" + dnsName.replace(".", ",DC=");
    }

    /** Adds a suffix that users of the forest may have after the {@code @}, besides the domain names. */
    public void addSuffix(String suffix) throws LDAPException {
        server.modify(partitions, new Modification(ModificationType.ADD, "uPNSuffixes", suffix));
    }

    public void addDomainOfTheForest(String shortName, String root, String dnsName) throws LDAPException {
        server.add(
                "CN=" + shortName + "," + partitions,
                new Attribute("objectClass", "crossRef"),
                new Attribute("nCName", root),
                new Attribute("nETBIOSName", shortName),
                new Attribute("dnsRoot", dnsName));
    }

    /** Returns a port that stays the same however often the server restarts. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Creates a key store with a key and a certificate for localhost. */
    private static Path keyStore(Path file) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ResultCode result = ManageCertificates.main(
                InputStream.nullInputStream(),
                said,
                said,
                "generate-self-signed-certificate",
                "--keystore",
                file.toString(),
                "--keystore-password",
                PASSWORD,
                "--keystore-type",
                "PKCS12",
                "--alias",
                "localhost",
                "--subject-dn",
                "CN=localhost",
                "--subject-alternative-name-dns",
                "localhost");
        assertThat(result).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(ResultCode.SUCCESS);
        return file;
    }

    private static Path pem(Path keyStore, Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = store.getCertificate("localhost");
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    URI url() {
        return URI.create("ldaps://localhost:" + port);
    }

    /** Returns the directory that queries this server. */
    public ActiveDirectory directory(Duration timeout) {
        return ActiveDirectory.of(settings(Duration.ofMinutes(10), timeout), InstantSource.system());
    }

    /** Returns the settings of a directory that queries this server. */
    DirectorySettings settings(Duration cache, Duration timeout, URI... before) {
        return settings(cache, timeout, Optional.empty(), before);
    }

    DirectorySettings settings(Duration cache, Duration timeout, Optional<String> base, URI... before) {
        List<URI> urls = new ArrayList<>(List.of(before));
        urls.add(url());
        return new DirectorySettings(
                new Provider("AD+CORP"),
                urls,
                false,
                Optional.of(authorities),
                base,
                new DirectorySettings.Bind.Simple(BINDER, () -> PASSWORD),
                cache,
                timeout);
    }

    /** Returns the number of searches received so far. */
    int searches() {
        return searches.get();
    }

    /** Adds a user who may sign in and is in these groups. */
    void addUser(String name, UUID guid, int number, Sid... groups) throws LDAPException {
        Entry user = entry(name, "user", guid, DOMAIN.child(number));
        user.addAttribute("userAccountControl", "512");
        user.addAttribute("pwdLastSet", "133000000000000000");
        user.addAttribute("accountExpires", "9223372036854775807");
        user.addAttribute(new Attribute(
                "tokenGroups", Arrays.stream(groups).map(BinarySid::write).toArray(byte[][]::new)));
        server.add(user);
    }

    /** Adds an account with a registered service principal. */
    public void addServiceAccount(String name, String service, int keyVersion, Optional<Integer> encryptionTypes)
            throws LDAPException {
        Entry account = entry(name, "user", new UUID(7, name.hashCode()), DOMAIN.child(7000));
        account.addAttribute("servicePrincipalName", service);
        account.addAttribute("msDS-KeyVersionNumber", String.valueOf(keyVersion));
        encryptionTypes.ifPresent(bits -> account.addAttribute("msDS-SupportedEncryptionTypes", String.valueOf(bits)));
        server.add(account);
    }

    void addGroup(String name, UUID guid, int number) throws LDAPException {
        server.add(entry(name, "group", guid, DOMAIN.child(number)));
    }

    private static Entry entry(String name, String objectClass, UUID guid, Sid sid) {
        Entry entry = new Entry(
                new DN(new RDN("CN", name), dn(USERS)).toString(),
                new Attribute("objectClass", objectClass),
                new Attribute("sAMAccountName", name));
        entry.addAttribute("objectGUID", Account.bytes(guid));
        entry.addAttribute("objectSid", BinarySid.write(sid));
        return entry;
    }

    private static DN dn(String text) {
        try {
            return new DN(text);
        } catch (LDAPException e) {
            throw new AssertionError(e);
        }
    }

    void set(String name, String attribute, String value) throws LDAPException {
        server.modify(
                new DN(new RDN("CN", name), dn(USERS)).toString(),
                new Modification(ModificationType.REPLACE, attribute, value));
    }

    void remove(String name, String attribute) throws LDAPException {
        server.modify(
                new DN(new RDN("CN", name), dn(USERS)).toString(),
                new Modification(ModificationType.DELETE, attribute));
    }

    void rename(String name, String to) throws LDAPException {
        set(name, "sAMAccountName", to);
        server.modifyDN(new DN(new RDN("CN", name), dn(USERS)).toString(), new RDN("CN", to).toString(), true);
    }

    void delete(String name) throws LDAPException {
        server.delete(new DN(new RDN("CN", name), dn(USERS)).toString());
    }

    void moveOutOfUsers(String name) throws LDAPException {
        RDN rdn = new RDN("CN", name);
        server.modifyDN(new DN(rdn, dn(USERS)).toString(), rdn.toString(), true, ROOT);
    }

    /** Holds all searches until {@link #release}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    private void waitUntilReleased() {
        try {
            assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the server and closes its connections. */
    void goAway() {
        server.shutDown(true);
    }

    void comeBack() throws LDAPException {
        server.startListening();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}

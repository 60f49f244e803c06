package dev.kerbearer.bootstrap;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.kerbearer.bootstrap.RawHttp.Answer;
import dev.kerbearer.domain.identity.Sid;
import dev.kerbearer.windowsauth.LabDomain;
import dev.kerbearer.windowsauth.kerberos.KerberosClient;
import dev.kerbearer.windowsauth.sid.BinarySid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A real domain with users who sign in by curl, and an administrator. */
final class WindowsDomain implements AutoCloseable {

    static final String PASSWORD = LabDomain.PASSWORD;

    private final LabDomain lab;
    private final String realm;
    private final LDAPConnection administrator;

    private WindowsDomain(LabDomain lab, String realm) throws Exception {
        this.lab = lab;
        this.realm = realm;
        this.administrator = new LDAPConnection(
                new SSLUtil(new PEMFileTrustManager(certificateAuthority().toFile())).createSSLSocketFactory(),
                lab.address(),
                636,
                "administrator@" + realm.toLowerCase(Locale.ROOT),
                PASSWORD);
    }

    /** Creates and starts a domain. If that is impossible, the test fails with the reason. */
    static WindowsDomain start(String realm, String address) throws Exception {
        SeenSecrets.text(PASSWORD);
        return new WindowsDomain(LabDomain.start(Path.of("../lab"), realm, address), realm);
    }

    Path krb5Conf() {
        return lab.krb5Conf();
    }

    Path keytab() {
        return lab.keytab();
    }

    Path certificateAuthority() {
        return lab.certificateAuthority();
    }

    Path ntlmAuth() {
        return lab.ntlmAuth();
    }

    /** Returns the process that {@code ntlm_auth} asks. It has child processes. */
    ProcessHandle winbind() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments)
                                .contains("--configfile=" + lab.folder().resolve("smb.conf")))
                        .isPresent())
                .filter(process -> process.info().command().orElse("").endsWith("/winbindd"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no winbindd runs for " + lab.folder()));
    }

    String address() {
        return lab.address();
    }

    /** Signs a user in at the domain controller, and gets a ticket for the service. */
    void signIn(String user) throws Exception {
        lab.signIn(user);
    }

    /** Asks for a grant with curl as a signed-in user. */
    Answer authorize(String user, int port, String client, String scope) throws Exception {
        String json = "{\"client_id\":\"" + client + "\",\"scope\":\"" + scope + "\"}";
        return Answer.of(lab.runAs(
                user,
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
                        "http://localhost:" + port + Practice.AUTHORIZE)));
    }

    /** Returns a ticket of a signed-in user, as curl would send it. */
    byte[] token(String user) {
        return new KerberosClient(krb5Conf(), cacheOf(user)).token("HTTP/localhost");
    }

    Path cacheOf(String user) {
        return lab.cacheOf(user);
    }

    /** Adds a user with the usual password. */
    void add(String user) throws LDAPException {
        Entry entry = new Entry(dn(user));
        entry.addAttribute("objectClass", "user");
        entry.addAttribute("sAMAccountName", user);
        entry.addAttribute("unicodePwd", ("\"" + PASSWORD + "\"").getBytes(StandardCharsets.UTF_16LE));
        entry.addAttribute("userAccountControl", "512");
        administrator.add(entry);
    }

    /** Adds a service that may get tickets for another service in the name of any user. */
    void addDelegate(String account, String service, String forService) throws Exception {
        add(account);
        set(account, "servicePrincipalName", service);
        set(account, "msDS-AllowedToDelegateTo", forService);
        set(account, "userAccountControl", String.valueOf(512 | 0x1000000));
        lab.signInForwardably(account);
    }

    /** That service gets a ticket in a user's name. It is stored as {@code <account>-as-<user>}. */
    void actAs(String account, String user) throws IOException {
        lab.runAs(
                account,
                List.of(
                        "kvno",
                        "-q",
                        "-U",
                        user,
                        "-P",
                        "--out-cache",
                        cacheOf(account + "-as-" + user).toString(),
                        "HTTP/localhost"));
    }

    void set(String user, String attribute, String value) throws LDAPException {
        administrator.modify(dn(user), new Modification(ModificationType.REPLACE, attribute, value));
    }

    void rename(String user, String to) throws LDAPException {
        set(user, "sAMAccountName", to);
        administrator.modifyDN(dn(user), "CN=" + to, true);
    }

    void join(String user, String group) throws LDAPException {
        administrator.modify(dn(group), new Modification(ModificationType.ADD, "member", dn(user)));
    }

    void leave(String user, String group) throws LDAPException {
        administrator.modify(dn(group), new Modification(ModificationType.DELETE, "member", dn(user)));
    }

    /** Returns the SID that tickets have for a user or a group. */
    Sid sid(String name) throws LDAPException {
        Filter named = Filter.createEqualityFilter("sAMAccountName", name);
        Entry found = Objects.requireNonNull(administrator.searchForEntry(base(), SearchScope.SUB, named, "objectSid"));
        return BinarySid.read(Objects.requireNonNull(found.getAttributeValueBytes("objectSid")));
    }

    void delete(String user) throws LDAPException {
        administrator.delete(dn(user));
    }

    private String dn(String user) {
        return "CN=" + user + ",CN=Users," + base();
    }

    private String base() {
        return "DC=" + realm.toLowerCase(Locale.ROOT).replace(".", ",DC=");
    }

    @Override
    public void close() throws IOException {
        administrator.close();
        lab.close();
    }
}

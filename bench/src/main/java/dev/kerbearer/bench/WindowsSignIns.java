package dev.kerbearer.bench;

import dev.kerbearer.bench.Report.Section;
import dev.kerbearer.windowsauth.LabDomain;
import dev.kerbearer.windowsauth.kerberos.ForgedTicket;
import dev.kerbearer.windowsauth.ntlm.NtlmClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures sign-ins of a Windows domain beside plain ones on the same node. Needs root and Debian packages, like
 * {@code lab/up}.
 */
final class WindowsSignIns {

    private static final String DOMAIN = "BENCHAD";
    private static final String REALM = DOMAIN + ".EXAMPLE";
    private static final String ADDRESS = "127.0.0.93";
    private static final String NTLM_USER = "carol";
    private static final String CHALLENGE = "www-authenticate: ntlm ";
    private static final int WINBIND_CONNECTIONS = 4;
    private static final int ROUNDS = 3;

    private WindowsSignIns() {}

    static void measure(Report report, Options options) throws Exception {
        int warm = options.quick() ? 5_000 : 30_000;
        int measured = options.quick() ? 5_000 : 10_000;
        Section section = report.section(
                "windows",
                "Sign-ins of a Windows domain",
                EndToEnd.CONNECTIONS
                        + " connections, and a node for the passwords of the domain beside one for all else; each"
                        + " kind is warmed up by " + warm + ", then they are measured in turns, " + ROUNDS
                        + " rounds. Tickets of a local identity, whom the database knows, and of a user of the domain without a PAC (forged) and with one, in few groups and in 200; the directory"
                        + " is asked again every ten minutes. NTLM is two requests a sign-in. What winbind costs is in the"
                        + " domain controller's, whose programs it runs in.");
        try (Lab lab = Lab.start("windows");
                LabDomain domain = LabDomain.start(Path.of("lab"), REALM, ADDRESS)) {
            domain.signIn("alice");
            domain.signIn("many");
            ProcessHandle controller = controller(domain);
            try (Node local = node(lab, configuration(lab, domain));
                    Node winbind = node(lab, withWinbind(lab, domain))) {
                Supplier<Calls> ofLocal = () -> calls(lab, local, section, controller);
                Supplier<Calls> ofWinbind = () -> calls(lab, winbind, section, controller);
                new Kinds(
                                lab,
                                domain,
                                ofLocal.get().warmingUp(),
                                ofWinbind.get().warmingUp())
                        .measure(warm);
                Kinds kinds = new Kinds(lab, domain, ofLocal.get(), ofWinbind.get());
                for (int round = 0; round < ROUNDS; round++) {
                    kinds.measure(measured);
                }
                kinds.local().report();
                kinds.winbind().report();
            }
        }
    }

    private static Node node(Lab lab, Map<String, String> configuration) {
        return Node.start(lab, Node.FAST_JAR, EndToEnd.jvmOptions(), configuration);
    }

    private static Calls calls(Lab lab, Node node, Section section, ProcessHandle controller) {
        return new Calls(lab, node, section, Map.of()).beside("domain controller", () -> new ProcessCpu(controller));
    }

    /**
     * Measures each kind of sign-in.
     *
     * @param local calls of the node that knows local passwords
     * @param winbind calls of the node that asks winbind
     */
    private record Kinds(Lab lab, LabDomain domain, Calls local, Calls winbind) {

        void measure(int count) {
            signIns("plain ticket", lab.tickets(), count);
            signIns("AD ticket without PAC", Tickets.forged(this::withoutPac), count);
            signIns("PAC, few groups", new Tickets(domain.krb5Conf(), domain.cacheOf("alice")), count);
            signIns("PAC, 200 groups", new Tickets(domain.krb5Conf(), domain.cacheOf("many")), count);
            passwords(local, "NTLM, local", EndToEnd.CONNECTIONS, count, "", NTLM_USER);
            passwords(winbind, "NTLM, winbind", WINBIND_CONNECTIONS, count, DOMAIN, "alice");
        }

        /**
         * Returns a ticket without a PAC, of the same user as the one with few groups. It is forged, because the
         * domain's KDC puts a PAC into each ticket.
         */
        private ForgedTicket withoutPac() {
            return ForgedTicket.with(ForgedTicket.aes256KeyIn(domain.keytab()))
                    .service(Lab.SERVICE, REALM)
                    .client("alice", REALM)
                    .mutual();
        }

        private void signIns(String name, Tickets tickets, int count) {
            local.signIn(name, tickets, 0, count, (status, answer) -> {});
        }

        private static void passwords(
                Calls calls, String name, int connections, int count, String windowsDomain, String user) {
            NtlmClient client = NtlmClient.of(windowsDomain, user, LabDomain.PASSWORD);
            byte[] first = Wire.signIn("NTLM", client.negotiate());
            calls.dialogue(name, connections, count, first, (status, answer) -> answer(client, status, answer));
        }
    }

    private static byte[] answer(NtlmClient client, int status, String answer) {
        int challenge = answer.toLowerCase(Locale.ROOT).indexOf(CHALLENGE);
        if (status != 401 || challenge < 0) {
            return Load.NONE;
        }
        int start = challenge + CHALLENGE.length();
        String type2 = answer.substring(start, answer.indexOf('\r', start));
        return Wire.signIn("NTLM", client.authenticate(Base64.getDecoder().decode(type2)));
    }

    private static ProcessHandle controller(LabDomain domain) throws Exception {
        String process = Files.readString(domain.folder().resolve("process"));
        return ProcessHandle.of(Long.parseLong(process.split(" ")[0])).orElseThrow();
    }

    private static Map<String, String> withWinbind(Lab lab, LabDomain domain) throws Exception {
        Map<String, String> all = configuration(lab, domain);
        all.put("kerbearer.ntlm.authority", "winbind");
        all.put("kerbearer.ntlm.winbind.program", domain.ntlmAuth().toString());
        return all;
    }

    private static Map<String, String> configuration(Lab lab, LabDomain domain) throws Exception {
        Path folder = lab.folder();
        Files.writeString(folder.resolve("password"), LabDomain.PASSWORD);
        Files.writeString(
                folder.resolve("windows-identities.json"), """
                [{"name": "alice", "principals": ["alice@BENCH.EXAMPLE"]},
                 {"name": "%s", "password": "file:%s", "ntlm": true}]
                """.formatted(NTLM_USER, folder.resolve("password")));
        Files.writeString(folder.resolve("windows-integrations.json"), """
                [{"id": "sample-client", "scope": "certificate:discover,manage",
                  "access": [{"trustee": "local:alice"}, {"trustee": "local:%s"}, {"trustee": "AD+%s:pki-users"}]}]
                """.formatted(NTLM_USER, DOMAIN));
        Map<String, String> more = new LinkedHashMap<>();
        more.put("java.security.krb5.conf", domain.krb5Conf().toString());
        more.put("quarkus.kerberos.keytab-path", domain.keytab().toString());
        more.put("kerbearer.negotiate.keytabs", lab.keytab().toString());
        more.put("kerbearer.directories." + DOMAIN + ".url", "ldap://" + domain.address());
        more.put("kerbearer.directories." + DOMAIN + ".bind.account", "svc-http");
        // One kind of sign-in is measured without a PAC.
        more.put("kerbearer.directories." + DOMAIN + ".pac", "optional");
        more.put("kerbearer.realms.\"" + REALM + "\".provider", DOMAIN);
        more.put("kerbearer.ntlm.enabled", "true");
        more.put(
                "kerbearer.identities.import",
                folder.resolve("windows-identities.json").toString());
        more.put(
                "kerbearer.integrations.import",
                folder.resolve("windows-integrations.json").toString());
        return more;
    }
}

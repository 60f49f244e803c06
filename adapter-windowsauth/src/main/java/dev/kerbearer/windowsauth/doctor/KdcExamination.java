package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.windowsauth.krb5conf.ClockSkew;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks whether the KDCs answer and whether this machine's clock agrees with theirs. Opening tickets needs no KDC. But
 * clients get their tickets there, and the service binds to an Active Directory with a ticket from there.
 */
record KdcExamination(SetUp setUp) implements Examination {

    /** The clock difference that is reported, long before sign-ins fail. */
    private static final Duration NOTABLE = Duration.ofSeconds(30);

    @Override
    public List<Finding> findings() {
        Set<String> realms = new TreeSet<>(Keys.realms(setUp.keytabs()));
        realms.addAll(setUp.mappedRealms());
        List<Finding> findings = new ArrayList<>();
        Map<Kdcs.Address, IOException> silent = new HashMap<>();
        for (String realm : realms) {
            List<Kdcs.Address> kdcs = Kdcs.of(realm, setUp.krb5Conf());
            if (kdcs.isEmpty()) {
                findings.add(Finding.doubtful(
                        "No KDC of " + realm + " is known, neither from krb5.conf nor from the DNS (_kerberos._tcp."
                                + realm + ")",
                        Fixes.kdcOf(realm, setUp.krb5Conf().toString())));
            }
            kdcs.forEach(kdc -> findings.add(examine(kdc, realm, silent)));
        }
        return findings;
    }

    /**
     * If a KDC did not answer for one realm, it is not asked for the next realm, because each question takes seconds.
     */
    private Finding examine(Kdcs.Address kdc, String realm, Map<Kdcs.Address, IOException> silent) {
        try {
            if (silent.containsKey(kdc)) {
                throw silent.get(kdc);
            }
            KdcProbe.Answer answer = KdcProbe.ask(kdc, realm);
            if (!answer.knowsRealm()) {
                return Finding.wrong(
                        "The KDC " + kdc + " answers, but does not serve the realm " + realm,
                        "name the right kdc in " + setUp.krb5Conf() + "; realm names are case-sensitive. MIT: the KDC"
                                + " serves the realms of kdc.conf and of krb5kdc -r <REALM>");
            }
            return answer.time()
                    .map(time -> clocks(kdc, realm, time))
                    .orElseGet(() -> Finding.good("The KDC " + kdc + " of " + realm + " answers"));
        } catch (IOException away) {
            silent.put(kdc, away);
            return Finding.doubtful(
                    "The KDC " + kdc + " of " + realm + " does not answer: " + away.getMessage(),
                    Fixes.kdc(setUp.krb5Conf().toString()));
        }
    }

    private Finding clocks(Kdcs.Address kdc, String realm, Instant theirs) {
        Duration ahead = Duration.between(theirs, setUp.clock().instant());
        String words = "The KDC " + kdc + " of " + realm + " answers, and this machine's clock is "
                + Math.abs(ahead.toSeconds()) + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " it";
        String fix = Fixes.clocks();
        if (ahead.abs().compareTo(ClockSkew.inForce()) > 0) {
            return Finding.wrong(words + ", which is too much: every ticket is refused", fix);
        }
        return ahead.abs().compareTo(NOTABLE) > 0 ? Finding.doubtful(words, fix) : Finding.good(words);
    }
}

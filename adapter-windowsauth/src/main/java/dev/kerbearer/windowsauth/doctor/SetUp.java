package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.network.HostAndPort;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.windowsauth.kerberos.TicketPolicy;
import dev.kerbearer.windowsauth.ldap.ActiveDirectory;
import dev.kerbearer.windowsauth.winbind.WinbindAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The configuration of Windows sign-in.
 *
 * @param keytabs the files with the keys that open tickets
 * @param service the only accepted service principal; absent: any in a keytab
 * @param policy which tickets are accepted
 * @param krb5Conf the file in which the JDK finds realms and KDCs
 * @param publicUrl the address that clients use
 * @param providers where the principals of each realm are looked up
 * @param local looks up an identity that Kerbearer stores itself; throws {@code Unavailable} if it cannot know whether
 *     the identity exists
 * @param directories by their names in the configuration
 * @param winbind checks NTLM passwords; absent if not configured
 * @param clock of this machine
 */
public record SetUp(
        List<Path> keytabs,
        Optional<String> service,
        TicketPolicy policy,
        Path krb5Conf,
        URI publicUrl,
        Map<String, String> providers,
        Function<Principal, Recognition> local,
        Map<String, ActiveDirectory> directories,
        Optional<WinbindAuthority> winbind,
        InstantSource clock) {

    /** Copies the collections. */
    public SetUp {
        keytabs = List.copyOf(keytabs);
        providers = Map.copyOf(providers);
        directories = Map.copyOf(directories);
    }

    /** Returns the host of the address that clients use. */
    String host() {
        return HostAndPort.of(publicUrl).map(HostAndPort::host).orElse("localhost");
    }

    /** Returns the realms whose principals are looked up. */
    Set<String> mappedRealms() {
        return new TreeSet<>(providers.keySet());
    }

    /** Returns all examinations, ordered so that one fix may make later ones unnecessary. */
    public List<Examination> examinations() {
        List<Examination> all = new ArrayList<>(List.of(
                new KeytabExamination(this),
                new RealmExamination(this),
                new KdcExamination(this),
                new NameExamination(this)));
        directories.forEach((name, directory) -> all.add(new DirectoryExamination(this, name, directory)));
        winbind.ifPresent(authority -> all.add(new WinbindExamination(authority)));
        all.add(new SelfSignIn(this));
        return all;
    }
}

package dev.kerbearer.windowsauth.doctor;

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

/**
 * What is configured of Windows sign-in.
 *
 * @param keytabs whose keys open tickets
 * @param krb5Conf the file by which the JDK finds realms and KDCs
 * @param publicUrl the address that clients use
 * @param mappedRealms the realms whose principals are looked up somewhere
 * @param directories by the names that the configuration gives them
 * @param winbind checks NTLM passwords; absent: it is not configured to
 * @param clock of this machine
 */
public record SetUp(
        List<Path> keytabs,
        Path krb5Conf,
        URI publicUrl,
        Set<String> mappedRealms,
        Map<String, ActiveDirectory> directories,
        Optional<WinbindAuthority> winbind,
        InstantSource clock) {

    /** Copies what it is given. */
    public SetUp {
        keytabs = List.copyOf(keytabs);
        mappedRealms = Set.copyOf(mappedRealms);
        directories = Map.copyOf(directories);
    }

    /** Everything that can be looked at, in an order in which one mend may make the next unnecessary. */
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

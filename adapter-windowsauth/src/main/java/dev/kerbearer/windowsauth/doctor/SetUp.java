package dev.kerbearer.windowsauth.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * What is configured of Windows sign-in.
 *
 * @param keytabs whose keys open tickets
 * @param krb5Conf the file by which the JDK finds realms and KDCs
 * @param publicUrl the address that clients use
 * @param mappedRealms the realms whose principals are looked up somewhere
 * @param clock of this machine
 */
public record SetUp(List<Path> keytabs, Path krb5Conf, URI publicUrl, Set<String> mappedRealms, InstantSource clock) {

    /** Copies {@code keytabs} and {@code mappedRealms}. */
    public SetUp {
        keytabs = List.copyOf(keytabs);
        mappedRealms = Set.copyOf(mappedRealms);
    }

    /** Everything that can be looked at, in an order in which one mend may make the next unnecessary. */
    public List<Examination> examinations() {
        return List.of(
                new KeytabExamination(this),
                new RealmExamination(this),
                new KdcExamination(this),
                new NameExamination(this),
                new SelfSignIn(this));
    }
}

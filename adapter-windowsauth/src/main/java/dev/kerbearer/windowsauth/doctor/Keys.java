package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.windowsauth.keytab.KeyName;
import dev.kerbearer.windowsauth.keytab.KeytabFile;
import dev.kerbearer.windowsauth.keytab.SharedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys of all readable keytabs; errors of a keytab are reported elsewhere. */
final class Keys {

    private Keys() {}

    static List<KeyName> of(List<Path> keytabs) {
        List<KeyName> keys = new ArrayList<>();
        for (Path keytab : keytabs) {
            keys.addAll(in(keytab));
        }
        return keys;
    }

    private static List<KeyName> in(Path keytab) {
        try {
            return KeytabFile.keysIn(keytab);
        } catch (IOException reportedElsewhere) {
            return List.of();
        }
    }

    /** Returns the service principals for which HTTP clients request tickets. */
    static Set<String> httpPrincipals(List<Path> keytabs) {
        Set<String> principals = new TreeSet<>();
        for (KeyName key : of(keytabs)) {
            if (SharedKeys.isHttp(Principal.parse(key.principal()))) {
                principals.add(key.principal());
            }
        }
        return principals;
    }

    static Set<String> realms(List<Path> keytabs) {
        Set<String> realms = new TreeSet<>();
        for (KeyName key : of(keytabs)) {
            realms.add(Principal.parse(key.principal()).realm());
        }
        return realms;
    }
}

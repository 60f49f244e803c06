package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.identity.Provider;

/**
 * A Windows domain whose users a directory keeps.
 *
 * @param directory who keeps them
 * @param netbiosName its short name
 * @param dnsName its long name
 */
public record Domain(Provider directory, String netbiosName, String dnsName) {

    /** Whether that is one of its names, in small or large letters. */
    boolean isCalled(String name) {
        return netbiosName.equalsIgnoreCase(name) || dnsName.equalsIgnoreCase(name);
    }
}

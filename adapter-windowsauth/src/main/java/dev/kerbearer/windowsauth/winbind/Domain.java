package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.identity.Provider;

/**
 * A Windows domain whose users are in a directory.
 *
 * @param directory the directory of its users
 * @param netbiosName its short name
 * @param dnsName its long name
 */
public record Domain(Provider directory, String netbiosName, String dnsName) {

    /** Returns whether that is one of its names, ignoring case. */
    boolean isCalled(String name) {
        return netbiosName.equalsIgnoreCase(name) || dnsName.equalsIgnoreCase(name);
    }
}

package dev.kerbearer.windowsauth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a client's clock may be off: what krb5.conf says, or 5 minutes. The JDK takes it from there, and a sign-in is
 * remembered accordingly, so that no ticket outlives the memory of its use.
 */
public final class ClockSkew {

    private static final Duration DEFAULT = Duration.ofMinutes(5);
    private static final Pattern SETTING = Pattern.compile("(?m)^\\s*clockskew\\s*=\\s*(\\d{1,9})\\s*s?\\s*$");

    private ClockSkew() {}

    /** The largest of the default and what the JDK's krb5.conf says. */
    public static Duration inForce() {
        return of(Krb5ConfFile.inForce());
    }

    static Duration of(Path krb5Conf) {
        Duration largest = DEFAULT;
        Matcher setting = SETTING.matcher(content(krb5Conf));
        while (setting.find()) {
            Duration said = Duration.ofSeconds(Long.parseLong(setting.group(1)));
            largest = said.compareTo(largest) > 0 ? said : largest;
        }
        return largest;
    }

    private static String content(Path krb5Conf) {
        try {
            return Files.readString(krb5Conf);
        } catch (IOException none) {
            return "";
        }
    }
}

package dev.kerbearer.windowsauth.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a {@code krb5.conf} says, as far as the doctor asks: sections, their settings, and one level of braces. The JDK
 * reads the file too, but tells nobody what it took from it.
 */
final class Krb5Conf {

    /** By section, or section and realm, and name: {@code libdefaults/default_realm}, {@code realms/CORP.EXAMPLE/kdc}. */
    private final Map<String, List<String>> settings;

    private Krb5Conf(Map<String, List<String>> settings) {
        this.settings = settings;
    }

    static Krb5Conf read(Path file) throws IOException {
        Map<String, List<String>> settings = new TreeMap<>();
        String section = "";
        String group = "";
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT) + "/";
                group = "";
            } else if (text.startsWith("}")) {
                group = "";
            } else if (!text.startsWith("#") && !text.startsWith(";") && text.contains("=")) {
                String name = text.substring(0, text.indexOf('=')).strip();
                String value = text.substring(text.indexOf('=') + 1).strip();
                if (value.startsWith("{")) {
                    group = name + "/";
                } else {
                    settings.computeIfAbsent(section + group + name, key -> new ArrayList<>())
                            .add(value);
                }
            }
        }
        return new Krb5Conf(settings);
    }

    Optional<String> defaultRealm() {
        return settings.getOrDefault("libdefaults/default_realm", List.of()).stream()
                .findFirst();
    }

    /** Whether a setting of {@code libdefaults} is switched on. */
    boolean isOn(String name) {
        return settings.getOrDefault("libdefaults/" + name, List.of()).stream()
                .anyMatch(value -> value.matches("(?i)true|yes|on|1"));
    }

    /** The KDCs of a realm, {@code host} or {@code host:port}, as they are written. */
    List<String> kdcs(String realm) {
        return settings.getOrDefault("realms/" + realm + "/kdc", List.of());
    }
}

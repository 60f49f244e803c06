package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.windowsauth.krb5conf.Krb5Conf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;

/** Finds the KDCs of a realm: in krb5.conf, or else in the DNS (RFC 4120 section 7.2.3.2). */
final class Kdcs {

    private static final int KERBEROS = 88;

    private Kdcs() {}

    /** The address of a KDC. */
    record Address(String host, int port) {

        static Address parse(String written) {
            String plain = written.replaceFirst("^(tcp|udp)/", "");
            int colon = plain.lastIndexOf(':');
            return colon > 0 && plain.substring(colon + 1).matches("\\d{1,5}")
                    ? new Address(plain.substring(0, colon), Integer.parseInt(plain.substring(colon + 1)))
                    : new Address(plain, KERBEROS);
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Returns each KDC once, even if krb5.conf or the DNS name it several times. */
    static List<Address> of(String realm, Path krb5Conf) {
        List<Address> written = inFile(realm, krb5Conf);
        return (written.isEmpty() ? inDns(realm) : written).stream().distinct().toList();
    }

    private static List<Address> inFile(String realm, Path krb5Conf) {
        try {
            return Krb5Conf.read(krb5Conf).kdcs(realm).stream()
                    .map(Address::parse)
                    .toList();
        } catch (IOException reportedElsewhere) {
            return List.of();
        }
    }

    /**
     * Looks up SRV records, for which the JDK offers only JNDI. Its DNS provider turns what it reads into text, not
     * into objects.
     */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static List<Address> inDns(String realm) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", "1000");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        List<Address> found = new ArrayList<>();
        try {
            InitialDirContext dns = new InitialDirContext(environment);
            try {
                Attribute services = dns.getAttributes("_kerberos._tcp." + realm, new String[] {"SRV"})
                        .get("SRV");
                NamingEnumeration<?> all = services == null ? null : services.getAll();
                while (all != null && all.hasMore()) {
                    // priority, weight, port, host
                    String[] service = String.valueOf(all.next()).split(" ", 4);
                    found.add(new Address(service[3].replaceFirst("[.]$", ""), Integer.parseInt(service[2])));
                }
            } finally {
                dns.close();
            }
        } catch (NamingException notInDns) {
            return found;
        }
        return found;
    }
}

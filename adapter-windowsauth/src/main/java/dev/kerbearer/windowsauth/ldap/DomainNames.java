package dev.kerbearer.windowsauth.ldap;

/**
 * What a domain is called.
 *
 * @param netbios its short name, like {@code CORP}
 * @param dns its long one, like {@code corp.example}
 */
public record DomainNames(String netbios, String dns) {}

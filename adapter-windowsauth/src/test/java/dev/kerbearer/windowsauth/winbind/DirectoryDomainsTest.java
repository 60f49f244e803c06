package dev.kerbearer.windowsauth.winbind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.ldap.ActiveDirectory;
import dev.kerbearer.windowsauth.ldap.InMemoryDomain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two domains of one forest, and one domain of another forest. */
class DirectoryDomainsTest {

    private static final Domain CORP = domain("ONE", "CORP", "corp.example");
    private static final Domain LAB = domain("TWO", "LAB", "lab.corp.example");
    private static final Domain OTHER = domain("THREE", "OTHER", "other.example");
    private static final String FOREST = CORP.dnsName();

    private final Map<Domain, InMemoryDomain> servers = new LinkedHashMap<>();
    private final Map<Provider, ActiveDirectory> directories = new LinkedHashMap<>();
    private final Domains domains = new DirectoryDomains(directories);

    @BeforeEach
    void twoForests(@TempDir Path folder) throws Exception {
        start(folder, OTHER, OTHER.dnsName());
        start(folder, CORP, FOREST).addDomainOfTheForest(LAB.netbiosName(), "DC=lab,DC=corp,DC=example", LAB.dnsName());
        start(folder, LAB, FOREST);
    }

    private InMemoryDomain start(Path folder, Domain domain, String forest) throws Exception {
        InMemoryDomain server = new InMemoryDomain(
                Files.createDirectories(folder.resolve(domain.netbiosName())),
                domain.netbiosName(),
                domain.dnsName(),
                forest);
        servers.put(domain, server);
        directories.put(domain.directory(), server.directory(Duration.ofSeconds(20)));
        return server;
    }

    @AfterEach
    void theEnd() {
        directories.values().forEach(ActiveDirectory::close);
        servers.values().forEach(InMemoryDomain::close);
    }

    @Test
    void theDomainsOfAForestAreSuffixesOfIt() {
        assertThat(domains.ofSuffix(CORP, "corp.example")).hasValue(CORP);
        assertThat(domains.ofSuffix(CORP, "Lab.Corp.Example")).hasValue(LAB);
        assertThat(domains.ofSuffix(CORP, "lab")).hasValue(LAB);
    }

    @Test
    void aSuffixOfAnotherForestBelongsToNoDomain() {
        assertThat(domains.named("other.example")).hasValue(OTHER);
        assertThat(domains.ofSuffix(CORP, "other.example")).isEmpty();
        assertThat(domains.ofSuffix(CORP, "OTHER")).isEmpty();
        assertThat(domains.ofSuffix(CORP, "elsewhere.example")).isEmpty();
        assertThat(domains.ofSuffix(CORP, "DomainDnsZones.corp.example")).isEmpty();
        assertThat(domains.ofSuffix(OTHER, "corp.example")).isEmpty();
    }

    /** This also holds if a domain of another forest has that name, because that domain does not check the password. */
    @Test
    void anAddedSuffixOfAForestBelongsToTheDomainThatIsAsked() throws Exception {
        InMemoryDomain corp = server(CORP);
        corp.addSuffix("people.example");
        corp.addSuffix("other.example");
        assertThat(domains.ofSuffix(CORP, "People.example")).hasValue(CORP);
        assertThat(domains.ofSuffix(CORP, "other.example")).hasValue(CORP);
    }

    @Test
    void theLastAnswerOfAForestCountsDuringAnOutageOfItsDirectory() {
        assertThat(domains.ofSuffix(CORP, "lab.corp.example")).hasValue(LAB);
        server(CORP).close();
        assertThat(domains.ofSuffix(CORP, "other.example")).isEmpty();
        server(OTHER).close();
        assertThatThrownBy(() -> domains.ofSuffix(OTHER, "other.example")).isInstanceOf(Unavailable.class);
    }

    private InMemoryDomain server(Domain domain) {
        return servers.entrySet().stream()
                .filter(each -> each.getKey().equals(domain))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static Domain domain(String directory, String netbiosName, String dnsName) {
        return new Domain(new Provider("AD+" + directory), netbiosName, dnsName);
    }
}

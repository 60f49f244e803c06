package dev.kerbearer.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every page can be reached, its links lead somewhere, and the table of ports matches the code. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#+ +(.*)");
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    @Test
    void everyPageCanBeReachedFromTheReadme() throws IOException {
        Set<Path> fromReadme = targets(README);
        Set<Path> reached = new TreeSet<>();
        Deque<Path> toRead = new ArrayDeque<>(List.of(README));
        while (!toRead.isEmpty()) {
            Path page = pageOf(toRead.pop());
            if (page.toString().endsWith(".md") && Files.exists(page) && reached.add(page)) {
                toRead.addAll(targets(page));
            }
        }
        assertThat(reached).containsAll(pages());
        assertThat(fromReadme)
                .as("linked from the README itself")
                .containsAll(pages().stream()
                        .filter(page -> ROOT.resolve("docs").equals(page.getParent()))
                        .toList());
    }

    @Test
    void everyLinkHasATarget() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            for (String link : links(page)) {
                Path target = target(page, link);
                String anchor = link.substring(Math.min(link.length(), link.indexOf('#') + 1));
                if (!Files.exists(target)
                        || (link.contains("#") && !anchors(target).contains(anchor))) {
                    dead.add(ROOT.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void theTableOfPortsNamesEachPortAndItsImplementations() throws IOException {
        Map<String, String> sources = sources();
        Map<String, List<String>> table = tableOfPorts();
        assertThat(table.keySet()).isEqualTo(ports());
        table.forEach((port, classes) -> {
            assertThat(classes)
                    .as(port)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(sources.containsKey(name) || name.equals("SecureRandom"))
                            .as(name)
                            .isTrue());
            assertThat(classes)
                    .as("classes that implement %s", port)
                    .anyMatch(name -> Pattern.compile("(implements|,)\\s+" + port + "\\b|SecretSource.*" + name)
                            .matcher(name.equals("SecureRandom") ? "SecretSource: SecureRandom" : sources.get(name))
                            .find());
        });
    }

    private static Set<String> ports() throws IOException {
        Set<String> ports = new TreeSet<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("domain/src/main/java/dev/kerbearer/domain/port"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (Files.readString(file).contains("public interface " + name + " ")) {
                    ports.add(name);
                }
            }
        }
        assertThat(ports).isNotEmpty();
        return ports;
    }

    /** Returns the classes that each row names, by port. */
    private static Map<String, List<String>> tableOfPorts() throws IOException {
        Map<String, List<String>> table = new HashMap<>();
        boolean within = false;
        for (String line : Files.readAllLines(ROOT.resolve("docs/architecture.md"))) {
            within = line.startsWith("## ") ? line.equals("## Ports") : within;
            String[] cells = line.split("\\|", -1);
            if (within && cells.length == 5 && CLASS_NAME.matcher(cells[1]).find()) {
                table.put(
                        namesIn(cells[1]).get(0),
                        namesIn(cells[3]).stream()
                                .filter(name -> !name.endsWith("Wiring"))
                                .toList());
            }
        }
        return table;
    }

    private static List<String> namesIn(String cell) {
        return CLASS_NAME.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    /** Returns the text of each source file, by class name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String room : List.of("adapter-rest", "adapter-persistence", "adapter-windowsauth", "application")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(room).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }

    private static Set<Path> pages() throws IOException {
        Set<Path> pages = new TreeSet<>();
        for (String folder : List.of(".", "docs", "docs/decisions")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder).normalize())) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        assertThat(pages).contains(README);
        return pages;
    }

    private static Set<Path> targets(Path page) throws IOException {
        Set<Path> targets = new TreeSet<>();
        links(page).forEach(link -> targets.add(target(page, link)));
        return targets;
    }

    /** Returns the relative links in a page's text, without those in code. */
    private static List<String> links(Path page) throws IOException {
        List<String> links = new ArrayList<>();
        for (String line : prose(page)) {
            LINK.matcher(line.replaceAll("`[^`]*`", ""))
                    .results()
                    .map(MatchResult::group)
                    .map(link -> link.substring(2, link.length() - 1))
                    .filter(link -> !link.matches("[a-z]+:.*"))
                    .forEach(links::add);
        }
        return links;
    }

    private static Path target(Path page, String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    private static Path pageOf(Path target) {
        return Files.isDirectory(target) ? target.resolve("README.md") : target;
    }

    /** Returns the anchors that GitHub makes from headings. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new TreeSet<>();
        for (String line : prose(page)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-');
                String free = anchor;
                for (int n = 1; !anchors.add(free); n++) {
                    free = anchor + "-" + n;
                }
            }
        }
        return anchors;
    }

    private static List<String> prose(Path page) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : Files.readAllLines(page)) {
            boolean fence = line.strip().startsWith("```");
            if (!fence && !code) {
                lines.add(line);
            }
            code ^= fence;
        }
        return lines;
    }
}

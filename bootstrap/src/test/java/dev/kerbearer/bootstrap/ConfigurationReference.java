package dev.kerbearer.bootstrap;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.kerbearer.bootstrap.config.KerbearerConfig;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The table of all keys, generated from {@link KerbearerConfig}: names and defaults by reflection, Javadoc by the
 * sources.
 */
final class ConfigurationReference {

    private static final Path SOURCES = Path.of("src/main/java/dev/kerbearer/bootstrap/config");

    private final Map<String, String> javadoc;
    private final Map<String, String> rows = new TreeMap<>();

    private ConfigurationReference(Map<String, String> javadoc) {
        this.javadoc = javadoc;
    }

    /** Returns the table in Markdown. */
    static String table() {
        ConfigurationReference reference = new ConfigurationReference(javadoc());
        reference.add("kerbearer", KerbearerConfig.class);
        return Stream.concat(
                        Stream.of("| key | default | meaning |", "| --- | --- | --- |"),
                        reference.rows.values().stream())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private void add(String prefix, Class<?> group) {
        Stream.of(group.getDeclaredMethods())
                .sorted(Comparator.comparing(Method::getName))
                .forEach(member -> add(prefix + "." + name(member), member));
    }

    private void add(String key, Method member) {
        Type type = member.getGenericReturnType();
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            add(key + ".\"<name>\"", (Class<?>) map.getActualTypeArguments()[1]);
        } else if (isGroup(member.getReturnType())) {
            add(key, member.getReturnType());
        } else {
            String meaning = javadoc.get(member.getDeclaringClass().getSimpleName() + "." + member.getName());
            if (meaning == null) {
                throw new AssertionError("no Javadoc on " + member);
            }
            String standard = Optional.ofNullable(member.getAnnotation(WithDefault.class))
                    .map(value -> "`" + value.value() + "`")
                    .orElse("-");
            rows.put(key, "| `" + key + "` | " + standard + " | " + meaning + " |");
        }
    }

    private static boolean isGroup(Class<?> type) {
        return type.isInterface() && type.getPackage().equals(KerbearerConfig.class.getPackage());
    }

    private static String name(Method member) {
        WithName given = member.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : member.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> javadoc() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.list(SOURCES)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(sources.toList()));
            Map<String, String> comments = new HashMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Members(DocTrees.instance(task)).scan(new TreePath(unit), comments);
            }
            return comments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects the comment of each method under {@code Interface.method}. */
    private static final class Members extends TreePathScanner<Void, Map<String, String>> {

        private final DocTrees trees;

        Members(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitMethod(MethodTree method, Map<String, String> comments) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            if (comment != null) {
                comments.put(owner.getSimpleName() + "." + method.getName(), inMarkdown(comment));
            }
            return super.visitMethod(method, comments);
        }

        private static String inMarkdown(DocCommentTree comment) {
            return comment.getFullBody().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining())
                    .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                    .replaceAll("\\s+", " ")
                    .strip();
        }
    }
}

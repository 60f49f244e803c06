package dev.kerbearer.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Classes that break a rule. They are compiled together with the real ones, so they can be in the project's own
 * packages.
 */
final class Fixture {

    private static final Pattern NAME =
            Pattern.compile("package ([\\w.]+);.*?(?:class|interface) (\\w+)", Pattern.DOTALL);

    private Fixture() {}

    static JavaClasses compiled(List<String> sources, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options =
                List.of("-d", folder.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
        boolean done = compiler.getTask(
                        complaints,
                        null,
                        null,
                        options,
                        null,
                        sources.stream().map(Source::new).toList())
                .call();
        if (!done) {
            throw new AssertionError("a fixture does not compile:\n" + complaints);
        }
        return new ClassFileImporter().importPath(folder);
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(uri(text), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        private static URI uri(String text) {
            Matcher name = NAME.matcher(text);
            if (!name.find()) {
                throw new AssertionError("a fixture without package or class: " + text);
            }
            return URI.create("string:///" + name.group(1).replace('.', '/') + "/" + name.group(2) + ".java");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

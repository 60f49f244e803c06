package dev.kerbearer.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

    /** HEAD is answered by GET's method, but where a resource has one of its own, which refuses it. */
    @Test
    void everyResourceIsACallWithItsMethods() throws Exception {
        List<Class<?>> resources = resources();
        assertThat(resources).hasSizeGreaterThan(5);
        for (Class<?> resource : resources) {
            Call call = Objects.requireNonNull(
                    Call.at(resource.getAnnotation(Path.class).value()), resource.getSimpleName());
            Set<String> methods = methodsOf(resource);
            boolean refusesHead = methods.contains("HEAD");
            if (refusesHead) {
                methods.remove("HEAD");
            } else if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            Set<String> taken = call.methods().stream().map(HttpMethod::name).collect(Collectors.toSet());
            assertThat(taken).as(resource.getSimpleName()).isEqualTo(methods);
            assertThat(call.allow().split(", ")).containsAll(methods).contains("OPTIONS");
        }
        assertThat(Call.ALL).hasSameSizeAs(resources);
    }

    private static Set<String> methodsOf(Class<?> resource) {
        Set<String> methods = new TreeSet<>();
        for (Method method : resource.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                jakarta.ws.rs.HttpMethod http =
                        annotation.annotationType().getAnnotation(jakarta.ws.rs.HttpMethod.class);
                if (http != null) {
                    methods.add(http.value());
                }
            }
        }
        return methods;
    }

    private static List<Class<?>> resources() throws IOException, URISyntaxException, ClassNotFoundException {
        List<Class<?>> resources = new ArrayList<>();
        java.nio.file.Path classes = java.nio.file.Path.of(Call.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/kerbearer/rest");
        try (Stream<java.nio.file.Path> files = Files.list(classes)) {
            for (String name : files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .toList()) {
                Class<?> one = Class.forName(
                        "dev.kerbearer.rest." + name.substring(0, name.length() - 6),
                        false,
                        Call.class.getClassLoader());
                if (one.isAnnotationPresent(Path.class)) {
                    resources.add(one);
                }
            }
        }
        return resources;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vedauth/authorize/isAuthServer",
                "/VEDauth/Authorize/isauthserver",
                "/vedauth/authorize/isauthserver/"
            })
    void aCallOfTheContractIsMeantInAnyCase(String path) {
        assertThat(Call.meantBy(path)).isEqualTo(Call.at(WirePaths.IS_AUTH_SERVER));
    }

    @Test
    void aCallOfTheStandardsIsMeantAsItIsSpelt() {
        assertThat(Call.meantBy("/oauth2/token/")).isEqualTo(Call.at(OauthPaths.TOKEN));
        assertThat(Call.meantBy("/OAuth2/token")).isNull();
    }

    @Test
    void whatIsNoCallIsNoneInAnySpelling() {
        assertThat(Arrays.asList(
                        Call.at("/vedauth/authorize/token/"),
                        Call.meantBy(""),
                        Call.meantBy("/"),
                        Call.meantBy("/vedauth"),
                        Call.meantBy("/vedauth/authorize/token;x"),
                        Call.meantBy("/vedauth/authorize/token//")))
                .containsOnlyNulls();
    }
}

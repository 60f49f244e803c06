package dev.kerbearer.rest.edge.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kerbearer.rest.edge.queue.CallKind;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacesTest {

    /** GET's method also answers HEAD, unless the resource has its own HEAD method, which refuses the call. */
    @Test
    void everyResourceIsACallWithItsMethods() throws Exception {
        List<Class<?>> resources = resources();
        assertThat(resources).hasSizeGreaterThan(5);
        for (Class<?> resource : resources) {
            Call call = Objects.requireNonNull(
                    AllFaces.FACES.at(resource.getAnnotation(Path.class).value()), resource.getSimpleName());
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
        assertThat(AllFaces.FACES.calls()).hasSameSizeAs(resources);
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
        java.nio.file.Path classes = java.nio.file.Path.of(
                Call.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<java.nio.file.Path> files = Files.walk(classes)) {
            for (String name : files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .toList()) {
                String type =
                        name.substring(0, name.length() - ".class".length()).replace('/', '.');
                Class<?> one = Class.forName(type, false, Call.class.getClassLoader());
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
    void aContractCallIsFoundInAnyCase(String path) {
        assertThat(AllFaces.FACES.meantBy(path)).isEqualTo(AllFaces.FACES.at(AllFaces.IS_AUTH_SERVER));
    }

    @Test
    void anOauthCallIsFoundInItsExactCaseOnly() {
        assertThat(AllFaces.FACES.meantBy("/oauth2/token/")).isEqualTo(AllFaces.FACES.at(AllFaces.OAUTH_TOKEN));
        assertThat(AllFaces.FACES.meantBy("/OAuth2/token")).isNull();
    }

    @Test
    void anUnknownPathIsNoCallInAnySpelling() {
        assertThat(Arrays.asList(
                        AllFaces.FACES.at("/vedauth/authorize/token/"),
                        AllFaces.FACES.meantBy(""),
                        AllFaces.FACES.meantBy("/"),
                        AllFaces.FACES.meantBy("/vedauth"),
                        AllFaces.FACES.meantBy("/vedauth/authorize/token;x"),
                        AllFaces.FACES.meantBy("/vedauth/authorize/token//")))
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({
        "/vedauth/authorize/integrated, SIGN_IN, true",
        "/vedauth/authorize/token, CHANGE, true",
        "/vedauth/revoke/token, CHANGE, true",
        "/oauth2/token, CHANGE, true",
        "/oauth2/revoke, CHANGE, true",
        "/vedauth/authorize/verify, CHECK, true",
        "/vedauth/authorize/isAuthServer, CHECK, true",
        "/oauth2/introspect, CHECK, true",
        "/vedauth/no/such/call, CHECK, true",
        "/VEDauth/no/such/call, CHECK, true",
        "/oauth2/no/such/call, CHECK, true",
        "/oauth2/jwks, CHECK, false",
        "/.well-known/oauth-authorization-server, CHECK, false",
        "/q/health, CHECK, false",
        "/, CHECK, false"
    })
    void aPathDecidesTheKindOfACallAndWhetherItIsQueued(String path, CallKind kind, boolean waits) {
        assertThat(AllFaces.FACES.kindOf(path)).isEqualTo(kind);
        assertThat(AllFaces.FACES.isQueued(path)).isEqualTo(waits);
    }

    @Test
    void twoCallsOfOnePathAreRefused() {
        Face twice = new Face("X", "About X.", "/x", false, List.of(Call.unqueued("/x/y", HttpMethod.GET)));
        assertThatThrownBy(() -> new Faces(List.of(twice, twice))).isInstanceOf(IllegalStateException.class);
    }
}

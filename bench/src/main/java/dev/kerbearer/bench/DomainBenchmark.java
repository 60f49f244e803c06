package dev.kerbearer.bench;

import dev.kerbearer.domain.grant.TokenDigest;
import dev.kerbearer.domain.grant.TokenSecret;
import dev.kerbearer.domain.scope.Scope;
import dev.kerbearer.domain.secret.SecretSource;
import java.security.SecureRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.State;

/** Benchmarks scopes, tokens and digests. */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class DomainBenchmark {

    private String requested = "Certificate:discover,manage;SSH:manage;Configuration";
    private Scope held = Scope.parse("certificate:discover,manage,delete,revoke;ssh:manage,approve;configuration");
    private Scope wanted = Scope.parse(requested);
    private SecretSource secrets = new SecureRandom()::nextBytes;
    private TokenSecret token = TokenSecret.fresh(secrets);
    private String presented = token.reveal();

    @Benchmark
    public Scope parseScope() {
        return Scope.parse(requested);
    }

    @Benchmark
    public boolean coversScope() {
        return held.covers(wanted);
    }

    @Benchmark
    public String writeCanonicalScope() {
        return wanted.canonical();
    }

    @Benchmark
    public TokenSecret drawToken() {
        return TokenSecret.fresh(secrets);
    }

    @Benchmark
    public String writeToken() {
        return token.reveal();
    }

    @Benchmark
    public TokenDigest digestToken() {
        return TokenDigest.ofPresented(presented);
    }
}

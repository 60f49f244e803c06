package dev.kerbearer.rest.vedauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.kerbearer.rest.edge.members.RequestMembers;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Benchmarks reading request bodies and writing answers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class JsonBenchmark {

    private byte[] json =
            "{\"client_id\":\"sample-client\",\"scope\":\"Certificate:discover,manage\",\"state\":\"xyz\"}"
                    .getBytes(StandardCharsets.UTF_8);
    private byte[] form =
            "client_id=sample-client&scope=Certificate%3Adiscover%2Cmanage&state=xyz".getBytes(StandardCharsets.UTF_8);
    private ObjectWriter writer = new ObjectMapper()
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .writerFor(TokenAnswer.class);
    private TokenAnswer answer = new TokenAnswer(
            "FEHqZ1F1pP9s7fEJ2u9V3q8q0h8a2cJ0m7pQm3F1n4IFEQ==",
            "9GZ1F1pP9s7fEJ2u9V3q8q0h8a2cJ0m7pQm3F1n4IFEHqA==",
            7_776_000,
            1_800_000_000,
            "Bearer",
            "certificate:discover,manage",
            "local:{de3944a8-3479-4450-b412-0dacd642017d}",
            1_823_760_000,
            "xyz");

    @Benchmark
    public Object readJsonRequest() {
        return RequestMembers.read("application/json", json);
    }

    @Benchmark
    public Object readFormRequest() {
        return RequestMembers.read("application/x-www-form-urlencoded", form);
    }

    @Benchmark
    public byte[] writeTokenAnswer() throws JsonProcessingException {
        return writer.writeValueAsBytes(answer);
    }
}

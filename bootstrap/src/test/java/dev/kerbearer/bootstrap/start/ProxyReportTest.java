package dev.kerbearer.bootstrap.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.rest.edge.arrival.Arrivals;
import dev.kerbearer.rest.edge.arrival.Arrivals.Source;
import dev.kerbearer.rest.edge.arrival.DeclaredProxies;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProxyReportTest {

    private static final DeclaredProxies PROXIES = DeclaredProxies.of(List.of("10.0.0.4"), name -> List.of());

    @Test
    void whereXForwardedProtoCountsTheStartSaysThatTheProxyMustSetIt() {
        for (Set<Source> sources : List.of(EnumSet.of(Source.X_FORWARDED), EnumSet.allOf(Source.class))) {
            assertThat(ProxyReport.requirement(new Arrivals(PROXIES, sources)))
                    .hasValueSatisfying(line -> assertThat(line).contains("must set X-Forwarded-Proto itself"));
        }
    }

    @Test
    void whereItIsNotReadNothingIsSaid() {
        assertThat(ProxyReport.requirement(new Arrivals(PROXIES, Set.of(Source.FORWARDED, Source.PROXY_PROTOCOL))))
                .isEmpty();
        assertThat(ProxyReport.requirement(new Arrivals(DeclaredProxies.none(), EnumSet.allOf(Source.class))))
                .isEmpty();
    }
}

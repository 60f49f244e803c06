package dev.kerbearer.windowsauth.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsChannelTest {

    private static final ChannelClaim HERE = ChannelClaim.ofKerberos(Certificates.bindingTo("leaf-one"), false);
    private static final ChannelClaim ELSEWHERE = ChannelClaim.ofKerberos(Certificates.bindingTo("leaf-two"), true);
    private static final ChannelClaim NONE = ChannelClaim.ofKerberos(new byte[16], false);
    private static final ChannelClaim NONE_BUT_ABLE = ChannelClaim.ofKerberos(new byte[16], true);
    private static final ChannelClaim UNREADABLE = new ChannelClaim.Unreadable("it is made with RC4");

    private final List<ServerEndPoint> one = List.of(ServerEndPoint.of(Certificates.named("leaf-one")));
    private final TlsChannel whenPresent = TlsChannel.of(false, one);
    private final TlsChannel required = TlsChannel.of(true, one);

    @Test
    void anUncheckedChannelAcceptsEveryClaim() {
        for (ChannelClaim claim : List.of(HERE, ELSEWHERE, NONE, NONE_BUT_ABLE, UNREADABLE)) {
            assertThat(TlsChannel.UNCHECKED.mismatch(claim)).isEmpty();
        }
        assertThat(TlsChannel.UNCHECKED.isChecked()).isFalse();
    }

    @Test
    void onlyAClientBoundToThisChannelIsAccepted() {
        for (TlsChannel channel : List.of(whenPresent, required)) {
            assertThat(channel.mismatch(HERE)).isEmpty();
            assertThat(why(channel, ELSEWHERE)).startsWith("the sign-in is bound to another TLS channel");
            assertThat(why(channel, UNREADABLE)).contains("cannot be read");
        }
    }

    @Test
    void aClientWithoutBindingIsAcceptedUnlessBindingIsRequiredOrSupported() {
        assertThat(whenPresent.mismatch(NONE)).isEmpty();
        assertThat(why(whenPresent, NONE_BUT_ABLE)).contains("is not bound to this TLS channel, though its client can");
        assertThat(why(required, NONE)).contains("is not bound to this TLS channel, as is required");
        assertThat(why(required, NONE_BUT_ABLE)).contains("as is required");
    }

    @Test
    void withoutAKnownCertificateNoBindingIsAccepted() {
        for (boolean required : new boolean[] {false, true}) {
            TlsChannel unknown = TlsChannel.of(required, List.of());
            assertThat(unknown.mismatch(HERE)).isPresent();
            assertThat(unknown.mismatch(NONE).isPresent()).isEqualTo(required);
        }
    }

    @Test
    void anAllZeroNtlmBindingMeansThatTheClientSupportsBinding() {
        assertThat(ChannelClaim.ofNtlm(Optional.empty())).isEqualTo(new ChannelClaim.None(false));
        assertThat(ChannelClaim.ofNtlm(Optional.of(new byte[16]))).isEqualTo(new ChannelClaim.None(true));
        assertThat(whenPresent.mismatch(ChannelClaim.ofNtlm(Optional.of(Certificates.bindingTo("leaf-one")))))
                .isEmpty();
        assertThat(whenPresent.mismatch(ChannelClaim.ofNtlm(Optional.of(new byte[0]))))
                .isPresent();
    }

    @Test
    void theLogNamesTheCertificate() {
        assertThat(whenPresent.mismatch(ELSEWHERE).orElseThrow().detail())
                .contains("that of CN=leaf-one", "kerbearer.negotiate.channel-binding-certificate");
        assertThat(TlsChannel.of(true, List.of()).mismatch(NONE).orElseThrow().detail())
                .contains("without a known certificate");
    }

    /** The text is short because it is also the reason phrase. */
    private static String why(TlsChannel channel, ChannelClaim claim) {
        String why = channel.mismatch(claim).orElseThrow().why();
        assertThat(why).matches("[ -~]{1,100}");
        return why;
    }
}

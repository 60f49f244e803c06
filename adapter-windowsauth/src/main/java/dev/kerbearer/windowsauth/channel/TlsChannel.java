package dev.kerbearer.windowsauth.channel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The channel of a sign-in, as far as it is known here, and how strictly the sign-in must be bound to it. */
public final class TlsChannel {

    /** Accepts every sign-in. */
    public static final TlsChannel UNCHECKED = new TlsChannel(false, false, false, List.of());

    /** No TLS channel. A client that claims one meant to sign in to another server. */
    static final TlsChannel NONE = new TlsChannel(true, false, false, List.of());

    private final boolean checked;
    private final boolean present;
    private final boolean required;
    private final List<ServerEndPoint> ends;

    private TlsChannel(boolean checked, boolean present, boolean required, List<ServerEndPoint> ends) {
        this.checked = checked;
        this.present = present;
        this.required = required;
        this.ends = ends;
    }

    /**
     * Returns a channel that is checked.
     *
     * @param required whether every sign-in must be bound to it
     * @param ends the certificates, one of which the client must have seen; may be empty
     */
    static TlsChannel of(boolean required, List<ServerEndPoint> ends) {
        return new TlsChannel(true, true, required, ends);
    }

    /**
     * The fault of a claim.
     *
     * @param why for the caller
     * @param detail for the log
     */
    public record Mismatch(String why, String detail) {}

    /** Returns whether claims are checked. If not, they need not be read. */
    public boolean isChecked() {
        return checked;
    }

    /** Compares a client's claim with the channel; returns empty if the claim is acceptable. */
    public Optional<Mismatch> mismatch(ChannelClaim claim) {
        if (!checked) {
            return Optional.empty();
        }
        if (claim instanceof ChannelClaim.Bound bound) {
            return ends.stream().anyMatch(end -> end.isMeantBy(bound.binding()))
                    ? Optional.empty()
                    : Optional.of(boundToAnother());
        }
        if (!present) {
            return Optional.empty();
        }
        if (claim instanceof ChannelClaim.Unreadable unreadable) {
            return Optional.of(new Mismatch(
                    "the channel that the sign-in is bound to cannot be read (channel binding)",
                    "the channel binding cannot be read: " + unreadable.why()));
        }
        return boundToNone(((ChannelClaim.None) claim).able());
    }

    private Mismatch boundToAnother() {
        return new Mismatch(
                "the sign-in is bound to another TLS channel (channel binding)",
                "the client bound the sign-in to another channel than " + this
                        + ". If a proxy terminates TLS, configure its certificate:"
                        + " kerbearer.negotiate.channel-binding-certificate. If not, an attacker may be relaying"
                        + " sign-ins");
    }

    private Optional<Mismatch> boundToNone(boolean able) {
        if (required) {
            return Optional.of(new Mismatch(
                    "the sign-in is not bound to this TLS channel, as is required here (channel binding)",
                    "the client did not bind the sign-in, and kerbearer.negotiate.channel-binding is required; the"
                            + " channel is "
                            + this));
        }
        return able
                ? Optional.of(new Mismatch(
                        "the sign-in is not bound to this TLS channel, though its client can do that (channel binding)",
                        "the client announces channel binding, but did not bind this sign-in; the channel is " + this
                                + ". Either the client's program does not pass on the TLS channel, or an attacker"
                                + " relays a sign-in that was meant for another service"))
                : Optional.empty();
    }

    /** Returns the certificates, for the log. */
    @Override
    public String toString() {
        if (!present) {
            return "none, since this is plain HTTP";
        }
        return ends.isEmpty()
                ? "one without a known certificate"
                : ends.stream().map(end -> "that of " + end).collect(Collectors.joining(" or "));
    }
}

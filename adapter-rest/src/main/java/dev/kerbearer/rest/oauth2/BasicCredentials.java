package dev.kerbearer.rest.oauth2;

import dev.kerbearer.application.grant.ClientSecret;
import dev.kerbearer.domain.refusal.RefusedException;
import dev.kerbearer.rest.edge.members.RequestMembers;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Client id and secret in the {@code Authorization} header: {@code client_secret_basic} (RFC 6749 section 2.3.1). */
final class BasicCredentials {

    private static final Pattern CREDENTIALS = Pattern.compile("(?i)Basic +([A-Za-z0-9+/]{1,4096}={0,2}) *");

    private BasicCredentials() {}

    /** Returns the credentials in the header's values; empty if there are none, more than one, or malformed ones. */
    static Optional<ClientSecret> in(List<String> headers) {
        Matcher credentials = CREDENTIALS.matcher(headers.size() == 1 ? headers.get(0) : "");
        if (!credentials.matches()) {
            return Optional.empty();
        }
        try {
            return pair(RequestMembers.text(Base64.getDecoder().decode(credentials.group(1))));
        } catch (IllegalArgumentException | RefusedException malformed) {
            return Optional.empty();
        }
    }

    /** Both parts are form-encoded before they are joined. */
    private static Optional<ClientSecret> pair(String joined) {
        int colon = joined.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new ClientSecret(
                        RequestMembers.decoded(joined.substring(0, colon)),
                        RequestMembers.decoded(joined.substring(colon + 1))));
    }
}

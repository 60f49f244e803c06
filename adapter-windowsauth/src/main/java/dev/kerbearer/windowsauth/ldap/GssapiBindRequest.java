package dev.kerbearer.windowsauth.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.BindResult;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SASLBindRequest;
import java.io.Serial;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * Binds with a Kerberos ticket (RFC 4752) and encrypts the connection with it, unless TLS already does. The library's
 * own request passes the login settings to the JDK in process-wide properties.
 */
final class GssapiBindRequest extends SASLBindRequest {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String MECHANISM = "GSSAPI";

    private final transient KeytabLogin login;
    private int lastMessageId = -1;

    GssapiBindRequest(KeytabLogin login) {
        super(null);
        this.login = login;
    }

    @Override
    protected BindResult process(LDAPConnection connection, int depth) throws LDAPException {
        Subject subject;
        try {
            subject = login.subject();
        } catch (LoginException noTicket) {
            throw new LDAPException(ResultCode.LOCAL_ERROR, "the service cannot sign in to bind", noTicket);
        }
        try {
            BindResult result = inSubject(subject, () -> exchange(connection));
            if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
                login.forget(subject);
            }
            return result;
        } catch (PrivilegedActionException failure) {
            login.forget(subject);
            if (failure.getException() instanceof LDAPException refused) {
                throw refused;
            }
            throw new LDAPException(
                    ResultCode.LOCAL_ERROR, "Kerberos with the directory failed", failure.getException());
        }
    }

    private BindResult exchange(LDAPConnection connection) throws LDAPException, SaslException {
        boolean tls = connection.getSSLSession() != null;
        SaslClient client = Sasl.createSaslClient(
                new String[] {MECHANISM},
                null,
                "ldap",
                connection.getConnectedAddress(),
                Map.of(Sasl.QOP, tls ? "auth" : "auth-conf", Sasl.SERVER_AUTH, "true"),
                null);
        byte @Nullable [] answer = client.hasInitialResponse() ? client.evaluateChallenge(new byte[0]) : null;
        BindResult result = send(connection, answer);
        while (result.getResultCode().equals(ResultCode.SASL_BIND_IN_PROGRESS)) {
            answer = client.evaluateChallenge(challenge(result));
            result = send(connection, answer);
        }
        if (result.getResultCode().equals(ResultCode.SUCCESS) && !tls) {
            connection.applySASLSecurityLayer(client);
        }
        return result;
    }

    private static byte[] challenge(BindResult result) {
        ASN1OctetString credentials = result.getServerSASLCredentials();
        return credentials == null ? new byte[0] : credentials.getValue();
    }

    private BindResult send(LDAPConnection connection, byte @Nullable [] answer) throws LDAPException {
        BindResult result = sendBindRequest(
                connection,
                "",
                answer == null ? null : new ASN1OctetString(answer),
                getControls(),
                getResponseTimeoutMillis(connection));
        lastMessageId = result.getMessageID();
        return result;
    }

    /** The replacement of this method is missing before Java 18, and this method still exists in 25. */
    @SuppressWarnings("removal")
    private static <T> T inSubject(Subject subject, PrivilegedExceptionAction<T> action)
            throws PrivilegedActionException {
        return Subject.doAs(subject, action);
    }

    @Override
    public String getSASLMechanismName() {
        return MECHANISM;
    }

    @Override
    public int getLastMessageID() {
        return lastMessageId;
    }

    @Override
    public GssapiBindRequest duplicate() {
        return new GssapiBindRequest(login);
    }

    @Override
    public GssapiBindRequest duplicate(Control @Nullable [] controls) {
        return duplicate();
    }

    @Override
    public void toString(StringBuilder text) {
        text.append("GssapiBindRequest()");
    }

    @Override
    public void toCode(List<String> lines, String id, int indent, boolean includeProcessing) {
        lines.add("// a bind with a Kerberos ticket");
    }
}

package dev.kerbearer.windowsauth.kerberos;

import dev.kerbearer.domain.refusal.Detail;
import dev.kerbearer.windowsauth.kerberos.KerberosAcceptor.Outcome.Rejected;
import dev.kerbearer.windowsauth.keytab.KeyName;

/** Explains what to do if a ticket's encryption type is not accepted. */
final class RefusedEncryption {

    private RefusedEncryption() {}

    /** Adds the fix to a rejection that the encryption type caused. */
    static Rejected explain(Rejected rejected, KeyName wanted) {
        return rejected.why().equals(RejectedTicket.WRONG_TYPE)
                ? new Rejected(
                        rejected.why(),
                        new Detail("the ticket is for " + wanted
                                + "; RC4 and DES are broken: let the account use AES (Windows:"
                                + " Set-ADUser <account> -KerberosEncryptionType AES128,AES256), change its password and"
                                + " create a new keytab ("
                                + rejected.detail().text() + ")"))
                : rejected;
    }
}

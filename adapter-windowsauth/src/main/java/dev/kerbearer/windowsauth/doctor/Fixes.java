package dev.kerbearer.windowsauth.doctor;

/** The commands that fix what the examinations find, for KDCs of Windows, of Samba and of MIT. */
final class Fixes {

    private Fixes() {}

    /** Creates a keytab for a service. */
    static String keytab(String principal) {
        return "create a keytab (Windows: ktpass /princ " + principal + " /mapuser <DOMAIN>\\<account>"
                + " /crypto AES256-SHA1 /ptype KRB5_NT_PRINCIPAL /pass * /out http.keytab; Samba: samba-tool domain"
                + " exportkeytab http.keytab --principal=" + principal + "; MIT: kadmin -q \"ktadd -k http.keytab "
                + principal + "\")";
    }

    /** Registers the name of a service with the KDC. */
    static String registration(String service) {
        return "register the name (Windows: setspn -S " + service + " <account>; Samba: samba-tool spn add " + service
                + " <account>; MIT: kadmin -q \"addprinc -randkey " + service + "\")";
    }

    /** Gives a service AES keys. */
    static String aesKeys(String account, String principal) {
        return "give the account AES keys (Windows: Set-ADUser " + account
                + " -KerberosEncryptionType AES128,AES256, then change its password; Samba: net ads enctypes set "
                + account + " 24, then change its password; MIT: kadmin -q \"cpw -randkey -e"
                + " aes256-cts:normal,aes128-cts:normal " + principal + "\"), and " + keytab(principal);
    }

    /** Synchronises the clocks. */
    static String clocks() {
        return "synchronise both with the same time source: timedatectl set-ntp true, with the KDC's machine as server"
                + " (on a KDC of Windows: w32tm /resync; on one of Samba or MIT: chronyc makestep)";
    }

    /** Starts a KDC, or makes it reachable. */
    static String kdc(String krb5Conf) {
        return "check whether it is running (Windows: sc query kdc; Samba: systemctl status samba-ad-dc; MIT: systemctl"
                + " status krb5-kdc, and its log whether it serves TCP: kdc_tcp_listen in kdc.conf), whether a firewall"
                + " blocks port 88 (TCP), and whether the name is right in " + krb5Conf;
    }

    /** Names the KDC of a realm. */
    static String kdcOf(String realm, String krb5Conf) {
        return "let this machine use the domain's DNS servers (Windows and Samba publish their KDCs there), or name a kdc"
                + " for the realm in " + krb5Conf + ", as for MIT: " + realm + " = { kdc = <host> }";
    }

    /** Fixes a ticket that was not accepted because of its key. */
    static String ticketKey() {
        return "if the keytab is too old or lacks a key, " + keytab("HTTP/<host>@<REALM>")
                + ". A client keeps its old ticket until it signs in again (Windows: klist purge; MIT and Samba:"
                + " kdestroy, kinit)";
    }

    /** Gets a ticket for the doctor. */
    static String ticket() {
        return "sign in (kinit <user>), then run this again with KRB5CCNAME set to that credential cache";
    }
}

package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.identity.Provider;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.kerberos.TicketTrial;
import java.util.List;
import java.util.Optional;

/**
 * Signs in to the service itself, and checks whether the user may sign in. It uses the ticket of the user who runs the
 * doctor, if there is a ticket.
 */
record SelfSignIn(SetUp setUp) implements Examination {

    @Override
    public List<Finding> findings() {
        String service = "HTTP@" + setUp.host();
        TicketTrial.Result result =
                TicketTrial.run(setUp.keytabs(), setUp.service(), setUp.policy(), service, setUp.clock());
        if (result instanceof TicketTrial.Result.NoTicket none) {
            return List.of(Finding.doubtful(
                    "No sign-in was tried: there is no ticket for " + service + " (" + none.why() + ")",
                    Fixes.ticket()));
        }
        if (result instanceof TicketTrial.Result.Refused refused) {
            return List.of(Finding.wrong(
                    "A ticket from the KDC is refused: " + refused.why(), refused.detail() + "; " + Fixes.ticketKey()));
        }
        TicketTrial.Result.Taken taken = (TicketTrial.Result.Taken) result;
        return List.of(recognised(taken));
    }

    private Finding recognised(TicketTrial.Result.Taken ticket) {
        Principal client = ticket.client();
        String taken = "A ticket of " + client + " from the KDC is accepted";
        Optional<String> provider = Optional.ofNullable(setUp.providers().get(client.realm()));
        if (provider.isEmpty()) {
            return Finding.wrong(
                    taken + ", but its realm has no provider",
                    "set kerbearer.realms.\"" + client.realm() + "\".provider");
        }
        if (provider.get().equals(Provider.LOCAL.name())) {
            return ofLocalUser(taken, ticket);
        }
        return Optional.ofNullable(setUp.directories().get(provider.get()))
                .map(directory -> ofDirectoryUser(taken, ticket, directory.directory()))
                .orElseGet(() -> Finding.wrong(
                        taken + ", but there is no directory " + provider.get(),
                        "set kerbearer.directories." + provider.get() + ".url, or another kerbearer.realms.\""
                                + client.realm() + "\".provider"));
    }

    private Finding ofLocalUser(String taken, TicketTrial.Result.Taken ticket) {
        try {
            Recognition recognition = setUp.local().apply(ticket.client());
            if (recognition instanceof Recognition.Recognised recognised) {
                return Finding.good(
                        taken + ", and " + recognised.caller().name() + " has this principal and may sign in");
            }
            return recognition instanceof Recognition.Unknown
                    ? Finding.wrong(
                            taken + ", but no local identity has this principal, so the user may not sign in",
                            "add it to a file of kerbearer.identities.import and start again: {\"name\": \"<name>\","
                                    + " \"principals\": [\"" + ticket.client() + "\"]}")
                    : Finding.wrong(
                            taken + ", but the local identity with this principal is disabled",
                            "set \"enabled\": true in its file of kerbearer.identities.import, and start again");
        } catch (Unavailable away) {
            return Finding.doubtful(
                    taken + ", but it is not known whether a local identity has this principal: "
                            + DirectoryExamination.reason(away),
                    "fix the database first, and run the doctor again");
        }
    }

    private static Finding ofDirectoryUser(String taken, TicketTrial.Result.Taken ticket, Directory directory) {
        try {
            Recognition recognition = directory.recognise(ticket.client(), ticket.authorization());
            return recognition instanceof Recognition.Recognised recognised
                    ? Finding.good(taken + ", and the directory knows the user as "
                            + recognised.caller().name())
                    : refused(taken, recognition);
        } catch (Unavailable away) {
            return Finding.wrong(
                    taken + ", but the directory cannot look up the user: " + DirectoryExamination.reason(away),
                    "if the directory answers otherwise, let the account of the bind read what"
                            + " docs/active-directory.md names");
        }
    }

    private static Finding refused(String taken, Recognition recognition) {
        if (recognition instanceof Recognition.Disabled) {
            return Finding.wrong(
                    taken + ", but the user's account is disabled",
                    "enable it (Windows: Enable-ADAccount <user>; Samba: samba-tool user enable <user>)");
        }
        if (recognition instanceof Recognition.Expired) {
            return Finding.wrong(
                    taken + ", but the user's account has expired",
                    "set a later expiry (Windows: Set-ADAccountExpiration <user>; Samba: samba-tool user setexpiry"
                            + " <user>)");
        }
        if (recognition instanceof Recognition.MustChangePassword) {
            return Finding.wrong(
                    taken + ", but the user must change the password first",
                    "let the user sign in to a machine of the domain, or run kpasswd");
        }
        return Finding.wrong(
                taken + ", but the directory has no such user who may sign in",
                "check that the account is under the directory's base, enabled and not expired, and that its realm is"
                        + " mapped to the directory of its own domain");
    }
}

package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.kerberos.TicketTrial;
import java.util.List;
import java.util.Optional;

/** Signs in to the service itself with the ticket of the user who runs the doctor, if there is one. */
record SelfSignIn(SetUp setUp) implements Examination {

    @Override
    public List<Finding> findings() {
        String service = "HTTP@" + setUp.publicUrl().getHost();
        TicketTrial.Result result =
                TicketTrial.run(setUp.keytabs(), setUp.service(), setUp.policy(), service, setUp.clock());
        if (result instanceof TicketTrial.Result.NoTicket none) {
            return List.of(Finding.doubtful(
                    "No sign-in was tried: there is no ticket for " + service + " (" + none.why() + ")",
                    "run kinit <user>, then run this again with KRB5CCNAME set to that credential cache"));
        }
        if (result instanceof TicketTrial.Result.Refused refused) {
            return List.of(Finding.wrong("A ticket from the KDC is refused: " + refused.why(), refused.detail()));
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
        return Optional.ofNullable(setUp.directories().get(provider.get()))
                .map(directory -> known(taken, ticket, directory.directory()))
                .orElseGet(() -> Finding.good(taken));
    }

    private static Finding known(String taken, TicketTrial.Result.Taken ticket, Directory directory) {
        try {
            Recognition recognition = directory.recognise(ticket.client(), ticket.authorization());
            return recognition instanceof Recognition.Recognised recognised
                    ? Finding.good(taken + ", and the directory knows the user as "
                            + recognised.caller().name())
                    : Finding.wrong(
                            taken + ", but the directory has no such user who may sign in",
                            "check that the account is under the directory's base, enabled and not expired, and that"
                                    + " its realm is mapped to the directory of its own domain");
        } catch (Unavailable away) {
            return Finding.wrong(
                    taken + ", but the directory cannot look up the user: " + DirectoryExamination.reason(away),
                    "if the directory answers otherwise, let the account of the bind read what"
                            + " docs/active-directory.md names");
        }
    }
}

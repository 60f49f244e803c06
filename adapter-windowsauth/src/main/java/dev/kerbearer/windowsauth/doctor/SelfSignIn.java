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
                    "kinit <user>, and run this again with KRB5CCNAME naming his credential cache"));
        }
        if (result instanceof TicketTrial.Result.Refused refused) {
            return List.of(Finding.wrong("A ticket from the KDC is refused: " + refused.why(), refused.detail()));
        }
        TicketTrial.Result.Taken taken = (TicketTrial.Result.Taken) result;
        return List.of(recognised(taken));
    }

    private Finding recognised(TicketTrial.Result.Taken ticket) {
        Principal client = ticket.client();
        String taken = "A ticket of " + client + " from the KDC is taken";
        Optional<String> provider = Optional.ofNullable(setUp.providers().get(client.realm()));
        if (provider.isEmpty()) {
            return Finding.wrong(
                    taken + ", but nobody knows his realm", "set kerbearer.realms.\"" + client.realm() + "\".provider");
        }
        return Optional.ofNullable(setUp.directories().get(provider.get()))
                .map(directory -> known(taken, ticket, directory.directory()))
                .orElseGet(() -> Finding.good(taken));
    }

    private static Finding known(String taken, TicketTrial.Result.Taken ticket, Directory directory) {
        try {
            Recognition recognition = directory.recognise(ticket.client(), ticket.authorization());
            return recognition instanceof Recognition.Recognised recognised
                    ? Finding.good(taken + ", and the directory knows him as "
                            + recognised.caller().name())
                    : Finding.wrong(
                            taken + ", but the directory knows nobody like that who may sign in",
                            "see whether the account is under the directory's base, enabled, and not expired, and whether"
                                    + " his realm is mapped to the directory of his own domain");
        } catch (Unavailable away) {
            return Finding.wrong(
                    taken + ", but the directory does not tell who that is: " + DirectoryExamination.reason(away),
                    "let the account of the bind read what docs/active-directory.md names, where the directory answers"
                            + " otherwise");
        }
    }
}

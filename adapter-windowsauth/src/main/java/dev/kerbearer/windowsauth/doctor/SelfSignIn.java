package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.domain.identity.Principal;
import dev.kerbearer.domain.port.Directory.Recognition;
import dev.kerbearer.domain.port.Unavailable;
import dev.kerbearer.windowsauth.TicketTrial;
import dev.kerbearer.windowsauth.ldap.ActiveDirectory;
import java.util.List;
import java.util.Optional;

/** Signs in to itself, with the ticket of whoever runs the doctor, where he has one. */
record SelfSignIn(SetUp setUp) implements Examination {

    @Override
    public List<Finding> findings() {
        String service = "HTTP@" + setUp.publicUrl().getHost();
        TicketTrial.Result result = TicketTrial.run(setUp.keytabs(), setUp.service(), service, setUp.clock());
        if (result instanceof TicketTrial.Result.NoTicket none) {
            return List.of(Finding.doubtful(
                    "No sign-in was tried: there is no ticket for " + service + " (" + none.why() + ")",
                    "kinit <user>, and run this again with KRB5CCNAME naming his credential cache"));
        }
        if (result instanceof TicketTrial.Result.Refused refused) {
            return List.of(Finding.wrong("A ticket from the KDC is refused: " + refused.why(), refused.detail()));
        }
        TicketTrial.Result.Taken taken = (TicketTrial.Result.Taken) result;
        return List.of(recognised(taken.client()));
    }

    private Finding recognised(Principal client) {
        String taken = "A ticket of " + client + " from the KDC is taken";
        Optional<String> provider = Optional.ofNullable(setUp.providers().get(client.realm()));
        if (provider.isEmpty()) {
            return Finding.wrong(
                    taken + ", but nobody knows his realm", "set kerbearer.realms.\"" + client.realm() + "\".provider");
        }
        Optional<ActiveDirectory> directory =
                Optional.ofNullable(setUp.directories().get(provider.get()));
        return directory.isEmpty() ? Finding.good(taken) : known(taken, client, directory.get());
    }

    private static Finding known(String taken, Principal client, ActiveDirectory directory) {
        try {
            return directory.directory().recognise(client) instanceof Recognition.Recognised recognised
                    ? Finding.good(taken + ", and the directory knows him as "
                            + recognised.caller().name())
                    : Finding.wrong(
                            taken + ", but the directory knows nobody like that who may sign in",
                            "see whether the account is under the directory's base, enabled, and not expired");
        } catch (Unavailable toldElsewhere) {
            return Finding.good(taken);
        }
    }
}

package dev.kerbearer.windowsauth.doctor;

import dev.kerbearer.windowsauth.TicketTrial;
import java.util.List;

/** Signs in to itself, with the ticket of whoever runs the doctor, where he has one. */
record SelfSignIn(SetUp setUp) implements Examination {

    @Override
    public List<Finding> findings() {
        String service = "HTTP@" + setUp.publicUrl().getHost();
        TicketTrial.Result result = TicketTrial.run(setUp.keytabs(), service, setUp.clock());
        if (result instanceof TicketTrial.Result.NoTicket none) {
            return List.of(Finding.doubtful(
                    "No sign-in was tried: there is no ticket for " + service + " (" + none.why() + ")",
                    "kinit <user>, and run this again with KRB5CCNAME naming his credential cache"));
        }
        if (result instanceof TicketTrial.Result.Refused refused) {
            return List.of(Finding.wrong("A ticket from the KDC is refused: " + refused.why(), refused.detail()));
        }
        TicketTrial.Result.Taken taken = (TicketTrial.Result.Taken) result;
        return List.of(
                setUp.mappedRealms().contains(taken.client().realm())
                        ? Finding.good("A ticket of " + taken.client() + " from the KDC is taken")
                        : Finding.wrong(
                                "A ticket of " + taken.client() + " from the KDC is taken, but nobody knows his realm",
                                "set kerbearer.realms.\"" + taken.client().realm() + "\".provider"));
    }
}

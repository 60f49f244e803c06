package dev.kerbearer.domain.identity;

import static dev.kerbearer.domain.Samples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kerbearer.domain.identity.Account.Block;
import org.junit.jupiter.api.Test;

class AccountTest {

    /** The log and audit lines use this form. */
    @Test
    void anAccountIsPrintedAsPeopleWriteIt() {
        assertThat(new Account.Kept(ALICE)).hasToString(ALICE.toString());
        assertThat(new Account.Named(PrefixedName.parse("AD+CORP:alice"))).hasToString("AD+CORP:alice");
        assertThat(new Account.Foreign("OTHER\\alice")).hasToString("OTHER\\alice");
        assertThat(new Account.Blocked("CORP\\bob", Block.DISABLED)).hasToString("CORP\\bob");
    }
}

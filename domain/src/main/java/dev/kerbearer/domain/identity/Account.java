package dev.kerbearer.domain.identity;

/** The result of a password check, before a directory looks up the identity. */
public sealed interface Account {

    /**
     * An identity whose password Kerbearer keeps itself.
     *
     * @param identity the identity that signs in
     */
    record Kept(Identity identity) implements Account {
        @Override
        public String toString() {
            return identity.toString();
        }
    }

    /**
     * A user whose password an external server has checked.
     *
     * @param name the user's name in the directory of that server
     */
    record Named(PrefixedName name) implements Account {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /**
     * A user with a correct password, in a domain that no configured directory serves.
     *
     * @param name the name as a person would write it
     */
    record Foreign(String name) implements Account {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A user with a correct password who may not sign in. An external server has checked the password and the account.
     *
     * @param name the name as a person would write it
     * @param block why the user may not sign in
     */
    record Blocked(String name, Block block) implements Account {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The reason why a user with a correct password may not sign in. */
    enum Block {
        /** The account is disabled. */
        DISABLED,
        /** The account has expired. */
        EXPIRED,
        /** The user must change the password first. */
        MUST_CHANGE_PASSWORD
    }
}

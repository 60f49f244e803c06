package dev.kerbearer.domain.identity;

/** What a sign-in by name and password shows, before a directory says who that is. */
public sealed interface Account {

    /**
     * An identity whose password Kerbearer keeps itself.
     *
     * @param identity whose it is
     */
    record Kept(Identity identity) implements Account {
        @Override
        public String toString() {
            return identity.toString();
        }
    }

    /**
     * A user whose password somebody else has checked.
     *
     * @param name in the directory of that somebody
     */
    record Named(PrefixedName name) implements Account {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /**
     * A user whose password is right, of a domain that no directory is for.
     *
     * @param name as a person would write it
     */
    record Foreign(String name) implements Account {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A user whose password is right, but who may not sign in: somebody else has checked both.
     *
     * @param name as a person would write it
     * @param block why they may not sign in
     */
    record Blocked(String name, Block block) implements Account {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What keeps out a user whose password is right. */
    enum Block {
        /** Somebody has switched his account off. */
        DISABLED,
        /** His time is over. */
        EXPIRED,
        /** He must change his password first. */
        MUST_CHANGE_PASSWORD
    }
}

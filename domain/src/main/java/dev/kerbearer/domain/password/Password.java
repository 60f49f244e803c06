package dev.kerbearer.domain.password;

/** A password. Printing, logging or serialising this object never shows it. */
public final class Password {

    /** The minimum length of a local identity's password, in characters. */
    public static final int SHORTEST = 12;

    private static final int LONGEST = 256;

    private final String characters;

    private Password(String characters) {
        this.characters = characters;
    }

    /**
     * Creates a password from these characters.
     *
     * @throws IllegalArgumentException if there are too few or too many; the message does not show them
     */
    public static Password of(String characters) {
        int length = characters.codePointCount(0, characters.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        return new Password(characters);
    }

    /** Returns the secret. */
    public String reveal() {
        return characters;
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}

package dev.kerbearer.domain.password;

/** A password. Nothing that prints, logs or serialises this object reaches it. */
public final class Password {

    /** The fewest characters that a password of a local identity has. */
    public static final int SHORTEST = 12;

    private static final int LONGEST = 256;

    private final String characters;

    private Password(String characters) {
        this.characters = characters;
    }

    /**
     * The password of these characters.
     *
     * @throws IllegalArgumentException where they are too few or too many; the message does not show them
     */
    public static Password of(String characters) {
        int length = characters.codePointCount(0, characters.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException("a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        return new Password(characters);
    }

    /** The secret itself. */
    public String reveal() {
        return characters;
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}

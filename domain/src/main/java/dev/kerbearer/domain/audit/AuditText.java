package dev.kerbearer.domain.audit;

/** The text of an audit line. Storage always accepts it, and it stays on one line. */
final class AuditText {

    private static final int REPLACEMENT = '\uFFFD';

    private AuditText() {}

    /**
     * Replaces control characters (PostgreSQL rejects NUL) and unpaired surrogates, and cuts the text to
     * {@code longest} characters.
     */
    static String of(String text, int longest) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(longest).map(AuditText::printable).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int printable(int character) {
        boolean half = Character.getType(character) == Character.SURROGATE;
        return half || Character.isISOControl(character) ? REPLACEMENT : character;
    }
}

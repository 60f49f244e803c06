package dev.kerbearer.domain.audit;

/** Text of an audit line. Whatever it is made of, storage can hold it, and it stays on one line. */
final class AuditText {

    private static final int REPLACEMENT = '\uFFFD';

    private AuditText() {}

    /** The text without control characters (PostgreSQL takes no NUL) and without halves of characters, cut where it is longer. */
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

package dev.kerbearer.domain.scope;

import dev.kerbearer.domain.refusal.Refusal;
import dev.kerbearer.domain.refusal.RefusedException;
import java.util.Locale;

/** The grammar of scope names and restrictions: {@code [A-Za-z][A-Za-z0-9._-]*}, at most 64 characters. */
final class ScopeName {

    static final int MAX_LENGTH = 64;

    private ScopeName() {}

    /** Returns the name in lower case, or throws if it is malformed. */
    static String checked(String name) {
        if (name.isEmpty()) {
            throw malformed("a name or restriction is empty");
        }
        if (name.length() > MAX_LENGTH) {
            throw malformed("a name or restriction is longer than " + MAX_LENGTH + " characters");
        }
        if (!isLetter(name.charAt(0))) {
            throw malformed("a name or restriction must begin with a letter");
        }
        for (int i = 1; i < name.length(); i++) {
            if (!isNameCharacter(name.charAt(i))) {
                throw malformed("a name or restriction holds a character other than letters, digits, '.', '_' and '-'");
            }
        }
        return name.toLowerCase(Locale.ROOT);
    }

    static RefusedException malformed(String why) {
        return Refusal.malformedScope(why).asException();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNameCharacter(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
}

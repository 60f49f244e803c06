package dev.kerbearer.windowsauth.winbind;

import dev.kerbearer.domain.identity.Account.Block;
import dev.kerbearer.windowsauth.text.Printable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The texts by which versions of Samba report Windows statuses ([MS-ERREF] section 2.3.1): the current text, an older
 * text, or the status name.
 */
final class StatusWords {

    private static final Map<Block, Pattern> BLOCKS = new EnumMap<>(Map.of(
            Block.DISABLED, pattern("account .*disabled|account_disabled"),
            Block.EXPIRED, pattern("account has expired|account_expired"),
            Block.MUST_CHANGE_PASSWORD,
                    pattern("password must be changed|must change .*password|password has expired"
                            + "|password_must_change|password_expired")));

    /** Statuses about the name or the password, not about whether the domain permits this sign-in. */
    private static final String ACCOUNT = "current password is not correct|wrong.password|bad username"
            + "|logon.failure|account does not exist|no.such.user";

    private static final Pattern OF_AN_ACCOUNT = pattern(ACCOUNT);

    /** A locked account says nothing about the password, so the caller is not told about it. */
    private static final Pattern WRONG = pattern(ACCOUNT + "|domain did not exist|no.such.domain"
            + "|account .*locked|locked.out|account.restriction|restriction has prevented|time restrictions"
            + "|logon.hours|source workstation|invalid.workstation|type of logon|logon_type_not_granted"
            + "|authentication.firewall");

    private StatusWords() {}

    private static Pattern pattern(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    /** Returns whether the status shows that the account and password were checked. */
    static boolean isOfAnAccount(String said) {
        return OF_AN_ACCOUNT.matcher(said).find();
    }

    static Optional<byte[]> sessionKey(List<String> lines) throws IOException {
        Optional<String> hex = after("User-Session-Key: ", lines);
        if (hex.isEmpty()) {
            return Optional.empty();
        }
        if (!hex.get().matches("[0-9A-Fa-f]{32}")) {
            throw new IOException("ntlm_auth returned an invalid session key");
        }
        return Optional.of(HexFormat.of().parseHex(hex.get()));
    }

    static Optional<String> after(String name, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst();
    }

    static WinbindAnswer refusal(String said) {
        for (Map.Entry<Block, Pattern> block : BLOCKS.entrySet()) {
            if (block.getValue().matcher(said).find()) {
                return new WinbindAnswer.Blocked(block.getKey());
            }
        }
        String shown = Printable.of(said);
        return WRONG.matcher(said).find() ? new WinbindAnswer.Wrong(shown) : new WinbindAnswer.Away(shown);
    }
}

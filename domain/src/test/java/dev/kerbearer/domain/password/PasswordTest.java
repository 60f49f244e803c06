package dev.kerbearer.domain.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void aPasswordHas12To256Characters() {
        assertThat(Password.of("x".repeat(12)).reveal()).hasSize(12);
        assertThat(Password.of("x".repeat(256)).reveal()).hasSize(256);
        assertThatThrownBy(() -> Password.of("secret12345"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Password.of("\ud83d\ude00".repeat(11))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Password.of("x".repeat(257))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPasswordIsNotShown() {
        assertThat(Password.of("correct horse battery")).hasToString("Password[hidden]");
    }
}

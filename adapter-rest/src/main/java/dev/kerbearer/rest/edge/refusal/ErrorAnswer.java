package dev.kerbearer.rest.edge.refusal;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a call was refused (RFC 6749 section 5.2). */
@Schema(name = ErrorAnswer.SCHEMA, description = "Why a call was refused")
public record ErrorAnswer(
        @JsonProperty("error") @Schema(description = "One of the codes of OAuth 2.0", required = true)
        String error,

        @JsonProperty("error_description") @Schema(description = "What is wrong, for developers", required = true)
        String errorDescription) {

    /** The name of its schema in the API description. */
    static final String SCHEMA = "Error";
}

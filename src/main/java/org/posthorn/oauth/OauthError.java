package org.posthorn.oauth;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.account.Secret;
import org.posthorn.timeline.Failure;
import org.posthorn.transport.http.HttpResponse;

/** What an authorization server says when it says no (RFC 6749 §5.2). */
final class OauthError {
    private static final int MOST_WORDS = 200;

    private OauthError() {}

    /** The code of the error, if the answer holds one; some servers send it with the status 200. */
    static Optional<String> in(HttpResponse response) {
        return Json.of(response).flatMap(json -> json.text("error"));
    }

    /** The refusal in the server's words, if the answer is one. */
    static Optional<Failure> refusal(URI endpoint, HttpResponse response) {
        return Json.of(response)
                .flatMap(json -> json.text("error").map(error -> (Failure) new Failure.TokenRefused(
                        Acquisition.address(endpoint),
                        OptionalInt.of(response.status()),
                        error,
                        json.text("error_description"),
                        json.text("error_uri"))));
    }

    /** Why an answer that is neither a refusal nor what was asked for is of no use. */
    static Failure unusable(URI endpoint, HttpResponse response, String wanted) {
        String detail = response.isRedirect()
                ? "it redirects to "
                        + response.field("Location")
                                .map(OauthError::withoutQuery)
                                .orElse("nowhere")
                        + ", which is not followed, since secrets were meant for this address alone"
                : "it answered with the HTTP status " + response.status() + " and no " + wanted;
        return new Failure.TokenEndpointFailed(
                Acquisition.address(endpoint),
                detail,
                Optional.empty(),
                Optional.of(new Failure.HttpAnswer(response.status(), words(response))));
    }

    /** Of a success nothing: what stands in it may be what was asked for. */
    private static Optional<String> words(HttpResponse response) {
        boolean text = response.field("Content-Type")
                .filter(type -> type.startsWith("text/"))
                .isPresent();
        if (!text || response.status() < 300) {
            return Optional.empty();
        }
        String plain = response.text()
                .replaceAll("(?s)<(style|script|title).*?</\\1>", " ")
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("[A-Za-z0-9._~+/=-]{24,}", Secret.DOTS)
                .strip();
        return plain.isEmpty()
                ? Optional.empty()
                : Optional.of(plain.length() > MOST_WORDS ? plain.substring(0, MOST_WORDS) + "…" : plain);
    }

    private static String withoutQuery(String location) {
        return location.replaceFirst("[?#].*", "");
    }
}

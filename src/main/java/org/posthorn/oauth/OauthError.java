package org.posthorn.oauth;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.timeline.Failure;
import org.posthorn.transport.http.HttpResponse;

/** What an authorization server says when it says no (RFC 6749 §5.2). */
final class OauthError {
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
        return new Failure.TokenEndpointFailed(Acquisition.address(endpoint), detail, Optional.empty());
    }

    private static String withoutQuery(String location) {
        return location.replaceFirst("[?#].*", "");
    }
}

package org.posthorn.oauth;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SequencedMap;
import org.posthorn.account.OauthClient;
import org.posthorn.timeline.FailureException;

/** The application speaks for itself, by its secret or by an assertion that its key has signed (RFC 6749 §4.4, RFC 7523). */
record ClientCredentialsFlow(OauthClient client, Optional<Path> assertionKey) implements OauthFlow {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    @Override
    public IssuedToken obtain(Acquisition acquisition) throws FailureException {
        TokenEndpoint endpoint = new TokenEndpoint(client, acquisition);
        SequencedMap<String, String> parameters = TokenEndpoint.grant("client_credentials");
        endpoint.putScope(parameters);
        if (assertionKey.isPresent()) {
            String assertion = new ClientAssertion(assertionKey.get(), acquisition)
                    .signed(client.id(), endpoint.discovery().token());
            acquisition.hide(assertion);
            parameters.put("client_assertion_type", ASSERTION_TYPE);
            parameters.put("client_assertion", assertion);
        }
        return endpoint.ask(parameters);
    }
}

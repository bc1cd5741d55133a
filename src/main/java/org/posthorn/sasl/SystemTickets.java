package org.posthorn.sasl;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;
import org.posthorn.timeline.Failure;
import org.posthorn.timeline.FailureException;

/**
 * Tickets of this machine, whose krb5.conf they follow. With the native library, which the launcher asks for by {@code
 * sun.security.jgss.native}, those of every kind of cache, and on Windows the signed-in user's through the JDK's
 * bridge to SSPI, which nobody has tried yet; without it those of a cache that is a file.
 */
final class SystemTickets implements Tickets {
    private static final String NATIVE = "sun.security.jgss.native";
    private static final String KERBEROS = "1.2.840.113554.1.2.2";
    private static final String LOGIN_MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    @Override
    public Proof to(SaslService service, String authorizationId) throws FailureException {
        Optional<GSSCredential> known = Boolean.getBoolean(NATIVE) ? ofLibrary() : Optional.empty();
        GSSCredential credential = known.isPresent() ? known.get() : ofFile();
        try {
            return new Proof(
                    credential.getName().toString(),
                    Sasl.createSaslClient(
                            new String[] {"GSSAPI"},
                            authorizationId.isEmpty() ? null : authorizationId,
                            service.name(),
                            service.host(),
                            Map.of(Sasl.QOP, "auth", Sasl.SERVER_AUTH, "true", Sasl.CREDENTIALS, credential),
                            null));
        } catch (SaslException | GSSException e) {
            throw new FailureException(new Failure.NoTicket(KerberosWords.of(e)));
        }
    }

    private static Optional<GSSCredential> ofLibrary() {
        try {
            return Optional.of(credential());
        } catch (GSSException _) {
            // Without the library it is the pure Java implementation that answers, which knows nobody here.
            return Optional.empty();
        }
    }

    private static GSSCredential ofFile() throws FailureException {
        try {
            LoginContext login = new LoginContext("posthorn", new Subject(), null, new TicketCache());
            login.login();
            return Subject.callAs(login.getSubject(), SystemTickets::credential);
        } catch (LoginException e) {
            throw new FailureException(new Failure.NoTicket(KerberosWords.of(e)));
        } catch (CompletionException e) {
            throw new FailureException(new Failure.NoTicket(KerberosWords.of(e)));
        }
    }

    private static GSSCredential credential() throws GSSException {
        return GSSManager.getInstance()
                .createCredential(null, GSSCredential.DEFAULT_LIFETIME, new Oid(KERBEROS), GSSCredential.INITIATE_ONLY);
    }

    /** Takes what is in the cache and asks nobody for a password. */
    private static final class TicketCache extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            Map<String, String> options = Map.of("useTicketCache", "true", "doNotPrompt", "true");
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(LOGIN_MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options)
            };
        }
    }
}

package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.GigyaConnection;
import io.github.keycloakgigya.settings.GigyaConnector;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.signin.BrowserProof;
import io.github.keycloakgigya.signin.CachedNames;
import io.github.keycloakgigya.signin.FreshSignIn;
import io.github.keycloakgigya.signin.Lockout;
import io.github.keycloakgigya.signin.LoginBinding;
import io.github.keycloakgigya.signin.Reauthentication;
import io.github.keycloakgigya.signin.SignInError;
import io.github.keycloakgigya.signin.SignInEvents;
import io.github.keycloakgigya.signin.SignInException;
import io.github.keycloakgigya.signin.SignInPage;
import io.github.keycloakgigya.storage.AccountConflictException;
import io.github.keycloakgigya.storage.GigyaFederations;
import io.github.keycloakgigya.storage.GigyaUsers;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;

/** One request of a sign-in with a browser: shows the page, or takes what the page posted. */
final class BrowserSignIn {

    private static final Logger LOG = Logger.getLogger(BrowserSignIn.class);

    private final AuthenticationFlowContext context;
    private final AuthenticatorSettings settings;
    private final GigyaUsers users;
    private final Clock clock = Clock.systemUTC();
    private final LoginBinding binding;
    private final SignInEvents events;

    private BrowserSignIn(AuthenticationFlowContext context, AuthenticatorSettings settings, GigyaUsers users) {
        this.context = context;
        this.settings = settings;
        this.users = users;
        this.binding = LoginBinding.of(context.getAuthenticationSession());
        this.events = new SignInEvents(context.getEvent());
    }

    static BrowserSignIn begin(AuthenticationFlowContext context) throws SettingsException {
        var settings = AuthenticatorSettings.parse(context.getAuthenticatorConfig());
        var users = new GigyaFederations(context.getSession(), context.getRealm()).users(settings.federationProvider());
        return new BrowserSignIn(context, settings, users);
    }

    /** {@return the page that asks for a proof} */
    Response page() {
        return page(Optional.empty());
    }

    /** Takes a proof and ends the step, if it proves what it has to. */
    void complete(MultivaluedMap<String, String> form) throws SignInException {
        var connection = context.getSession()
                .getProvider(GigyaConnector.class)
                .connect(users.settings().site());
        var uid = new BrowserProof(context.getSession(), settings.signIn(), binding, clock).uid(form, connection);
        events.proven(uid);
        requireExpectedUser(uid);
        var known = users.find(uid);
        if (known.isPresent()) {
            noteUser(known.get());
            requireAdmissible(known.get());
            new CachedNames(context.getSession(), context.getRealm()).learn(known.get());
        }
        var account = read(uid, connection);
        if (binding.freshSince().isPresent()) {
            new FreshSignIn(connection, clock).require(binding.freshSince().get(), account);
        }
        var user = admit(known, account, connection);
        if (known.isEmpty()) {
            // It may be an old user that was linked just now, and locked.
            requireAdmissible(user);
        }
        succeed(user, uid);
    }

    /** Tells the event log, the brute-force protection and the person that the sign-in failed. */
    void fail(SignInException failure) {
        LOG.debugf("Sign-in failed (%s): %s", failure.error().code(), failure.getMessage());
        if (failure.error() == SignInError.GIGYA_MISCONFIGURED) {
            LOG.errorf(
                    "Gigya refuses the settings of realm %s: %s",
                    context.getRealm().getName(), failure.getMessage());
        }
        events.failed(failure);
        // Nothing here can be guessed, so brute-force protection has nothing to count. It would count for the user whom
        // an earlier step named, and anybody can name anybody there.
        context.challenge(page(Optional.of(failure)));
    }

    private Response page(Optional<SignInException> failure) {
        var reauthentication = new Reauthentication(context.getSession(), context.getAuthenticationSession());
        return new SignInPage(context.getSession(), users.settings().site(), settings.signIn(), binding, clock)
                .render(
                        context.getAuthenticationSession(),
                        context.form(),
                        refreshUrl(),
                        reauthentication.user(),
                        reauthentication.isDemanded(),
                        failure);
    }

    // Keycloak writes another address over that of a page which is asked for without the execution. What Gigya appended
    // to it on the way back from a redirect would be lost (SessionCodeChecks and BrowserHistoryHelper of 26.7).
    private URI refreshUrl() {
        return UriBuilder.fromUri(context.getRefreshUrl(false))
                .queryParam(Constants.EXECUTION, context.getExecution().getId())
                .build();
    }

    // An earlier step, or a session that has to be renewed, may have named the user already.
    private void requireExpectedUser(String uid) throws SignInException {
        var expected = context.getUser();
        if (expected != null && !users.standsFor(expected, uid)) {
            throw SignInException.of(SignInError.PROOF_INVALID, "another user has to sign in here")
                    .saying("gigyaErrorOtherAccount");
        }
    }

    private void noteUser(UserModel user) {
        context.getEvent().user(user);
    }

    private void requireAdmissible(UserModel user) throws SignInException {
        if (!user.isEnabled() && !users.isOnlyMissing(user)) {
            throw SignInException.of(SignInError.ACCOUNT_DISABLED, "the user is disabled in Keycloak");
        }
        var lockout = new Lockout(context.getSession(), context.getRealm()).of(user);
        if (lockout.isPresent()) {
            throw lockout.get();
        }
    }

    private GigyaAccount read(String uid, GigyaConnection connection) throws SignInException {
        try {
            return connection.accounts().read(uid, users.settings().fields());
        } catch (GigyaException failed) {
            if (failed.kind().provesAbsence()) {
                users.missing(uid);
            }
            throw SignInException.of(failed);
        }
    }

    private UserModel admit(Optional<UserModel> known, GigyaAccount account, GigyaConnection connection)
            throws SignInException {
        try {
            return users.admit(known, account, connection.accounts());
        } catch (AccountConflictException conflict) {
            throw SignInException.of(SignInError.ACCOUNT_CONFLICT, conflict.getMessage());
        } catch (GigyaException failed) {
            throw SignInException.of(failed);
        }
    }

    private void succeed(UserModel user, String uid) {
        if (settings.signIn().logoutFromGigya()) {
            new SignOutNote(users.componentId(), uid).leaveIn(context.getAuthenticationSession());
        }
        noteUser(user);
        context.setUser(user);
        context.success();
    }
}

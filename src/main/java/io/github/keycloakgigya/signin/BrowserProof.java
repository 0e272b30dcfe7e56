package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import org.keycloak.models.KeycloakSession;

/** Takes the proof that the page posted, at whichever door. */
public final class BrowserProof {

    private final SignInSettings settings;
    private final LoginBinding binding;
    private final SpentProofs spent;
    private final Clock clock;

    /**
     * Takes proofs for one login.
     *
     * @param binding what the page of that login was given
     */
    public BrowserProof(KeycloakSession session, SignInSettings settings, LoginBinding binding, Clock clock) {
        this.settings = settings;
        this.binding = binding;
        this.spent = new SpentProofs(session);
        this.clock = clock;
    }

    /**
     * {@return the UID whose owner signed in at Gigya}
     *
     * @param form as it was posted, decoded; anybody may have posted it
     * @throws SignInException where it proves nothing, or was used before
     */
    public Uid uid(MultivaluedMap<String, String> form, GigyaConnection connection) throws SignInException {
        var proof = new ProofForm(form, ProofForm.Parameters.OF_PAGE).read(settings.loginProof());
        return new ProofVerifier(connection, settings.proofMaxAge(), spent, clock).verify(proof, accepted());
    }

    private AcceptedTokens accepted() throws SignInException {
        if (settings.loginProof() == LoginProof.UID_SIGNATURE || !settings.bindProofToSession()) {
            return AcceptedTokens.ofSignIns();
        }
        return AcceptedTokens.madeFor(binding.audience()
                .orElseThrow(() -> SignInException.of(
                        SignInError.PROOF_INVALID, "this login's page was not shown before it was posted")));
    }
}

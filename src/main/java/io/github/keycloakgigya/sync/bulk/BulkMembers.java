package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.ProfileMembers;
import io.github.keycloakgigya.federation.organization.RealmOrganizations;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What the organizations of accounts amount to, each organization being looked up once for all accounts of a sync. */
final class BulkMembers {

    private final DetachedFederation federation;
    private final ProfileMembers members;

    BulkMembers(DetachedFederation federation) {
        this.federation = federation;
        this.members = new ProfileMembers(new RealmOrganizations(federation.componentId()));
    }

    FoundProfile resolved(FoundProfile account, KeycloakSession session, RealmModel realm) {
        return federation.settings().organizations()
                ? account.with(members.resolved(session, realm, account.profile()))
                : account;
    }

    List<FoundProfile> resolved(List<FoundProfile> accounts, KeycloakSession session, RealmModel realm) {
        return accounts.stream()
                .map(account -> resolved(account, session, realm))
                .toList();
    }
}

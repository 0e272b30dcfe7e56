package io.github.keycloakgigya.demo;

import io.github.keycloakgigya.server.KeycloakServer;

/** Tells a person what to try in a browser. */
record Invitation(KeycloakServer keycloak, DemoSite site) {

    static final String REALM = "demo";

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("\nTry it in a browser:\n");
        site.hint().ifPresent(hint -> text.append("  ").append(hint).append('\n'));
        line(text, "Account console", keycloak.address() + "/realms/" + REALM + "/account/");
        line(text, "Admin console", keycloak.address() + "/admin/master/console/#/" + REALM);
        line(text, "Administrator", KeycloakServer.ADMIN + " / " + KeycloakServer.ADMIN);
        for (DemoAccount account : site.accounts()) {
            line(text, account.name(), account.loginId() + " / " + account.password());
        }
        site.commandToChangeAName().ifPresent(command -> line(text, "Change a name", command));
        line(text, "Server log", keycloak.log().file().toString());
        if (!site.settings().isEmpty()) {
            text.append("\nNow build a realm of your own (docs/first-steps.md) with this site:\n");
            site.settings().forEach((label, value) -> line(text, label, value));
        }
        return text.append("\nCtrl-C stops everything.").toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  %-24s%s%n".formatted(name, value));
    }
}

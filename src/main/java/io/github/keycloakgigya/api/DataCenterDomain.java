package io.github.keycloakgigya.api;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/** Hosts of a data center: {@code <namespace>.<domain>} for the API, {@code cdns.<domain>} for the script. */
record DataCenterDomain(DataCenter dataCenter) implements ApiDomain {

    DataCenterDomain {
        Objects.requireNonNull(dataCenter, "dataCenter");
    }

    @Override
    public String name() {
        return dataCenter.apiDomain();
    }

    @Override
    public boolean isCustom() {
        return false;
    }

    @Override
    public URI endpoint(String method) {
        var namespace = method.substring(0, method.indexOf('.'));
        return URI.create("https://" + namespace + "." + name() + "/" + method);
    }

    @Override
    public URI script() {
        return URI.create("https://cdns." + name() + "/js/gigya.js");
    }

    @Override
    public String openIdIssuer(String apiKey) {
        return "https://fidm." + name() + "/oidc/op/v1.0/" + apiKey;
    }

    @Override
    public List<String> browserSources() {
        return List.of("https://*." + name());
    }
}

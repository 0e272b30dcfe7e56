package io.github.keycloakgigya.it.manual;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates resources as Terraform's provider {@code keycloak/keycloak} does: with the same calls and the same defaults, as
 * far as its published source tells (5.x). It knows the resources and arguments that the examples use, and fails at any
 * other.
 */
final class TerraformRun {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SEPARATOR = "##";

    private final AdminClient admin;
    /** What was created, by type and name. */
    private final Map<String, Map<String, String>> created = new HashMap<>();

    TerraformRun(AdminClient admin) {
        this.admin = admin;
    }

    /** Creates resources; each may refer to those before it. */
    void create(List<TerraformResource> resources) {
        resources.forEach(this::create);
    }

    private void create(TerraformResource resource) {
        var arguments = new Arguments(resource);
        arguments.skip("depends_on", "lifecycle");
        var attributes = switch (resource.type()) {
            case "keycloak_realm" -> realm(arguments);
            case "keycloak_custom_user_federation" -> federation(arguments);
            case "keycloak_authentication_flow" -> flow(arguments);
            case "keycloak_authentication_execution" -> execution(arguments);
            case "keycloak_authentication_execution_config" -> executionConfig(arguments);
            case "keycloak_authentication_bindings" -> bindings(arguments);
            case "keycloak_oidc_identity_provider" -> identityProvider(arguments);
            case "keycloak_role" -> role(arguments);
            case "keycloak_custom_identity_provider_mapper" -> providerMapper(arguments);
            case "keycloak_realm_user_profile" -> userProfile(arguments);
            case "keycloak_openid_client" -> client(arguments);
            case "keycloak_openid_user_attribute_protocol_mapper" -> attributeMapper(arguments);
            default -> throw new AssertionError("Unknown resource: " + resource.type());
        };
        arguments.requireAllTaken();
        created.put(resource.type() + "." + resource.name(), attributes);
    }

    private Map<String, String> realm(Arguments arguments) {
        var name = arguments.text("realm");
        var realm = object().put("realm", name)
                .put("enabled", arguments.flag("enabled", true))
                .put("displayName", arguments.text("display_name"));
        for (var defenses : arguments.blocks("security_defenses")) {
            for (var bruteForce : defenses.blocks("brute_force_detection")) {
                realm.put("bruteForceProtected", true)
                        .put("permanentLockout", bruteForce.flag("permanent_lockout", false));
                bruteForce.requireAllTaken();
            }
            defenses.requireAllTaken();
        }
        admin.createRealm(realm);
        return Map.of("id", name);
    }

    private Map<String, String> federation(Arguments arguments) {
        var name = arguments.text("name");
        var component = object().put("name", name)
                .put("providerId", arguments.text("provider_id"))
                .put("providerType", "org.keycloak.storage.UserStorageProvider");
        var config = component.putObject("config");
        arguments.map("config").forEach((key, value) -> {
            var values = config.putArray(key);
            List.of(value.split(SEPARATOR)).forEach(values::add);
        });
        config.putArray("cachePolicy").add("DEFAULT");
        config.putArray("enabled").add("true");
        config.putArray("priority").add("0");
        config.putArray("fullSyncPeriod").add("-1");
        config.putArray("changedSyncPeriod").add("-1");
        return Map.of("id", admin.createComponent(arguments.text("realm_id"), component), "name", name);
    }

    private Map<String, String> flow(Arguments arguments) {
        var alias = arguments.text("alias");
        var flow = object().put("alias", alias)
                .put("description", arguments.text("description"))
                .put("providerId", "basic-flow")
                .put("topLevel", true)
                .put("builtIn", false);
        var id = admin.post(path(arguments.text("realm_id"), "authentication/flows"), flow)
                .createdId();
        return Map.of("id", id, "alias", alias);
    }

    private Map<String, String> execution(Arguments arguments) {
        var flow = arguments.text("parent_flow_alias").replace(" ", "%20");
        var executions = path(arguments.text("realm_id"), "authentication/flows/" + flow + "/executions");
        var id = admin.post(executions + "/execution", object().put("provider", arguments.text("authenticator")))
                .createdId();
        admin.put(
                        executions,
                        object().put("id", id)
                                .put("requirement", arguments.text("requirement"))
                                .put("priority", arguments.number("priority")))
                .succeeded();
        return Map.of("id", id);
    }

    private Map<String, String> executionConfig(Arguments arguments) {
        var config = object().put("alias", arguments.text("alias"));
        config.set("config", MAPPER.valueToTree(arguments.map("config")));
        var path = "authentication/executions/" + arguments.text("execution_id") + "/config";
        return Map.of(
                "id", admin.post(path(arguments.text("realm_id"), path), config).createdId());
    }

    private Map<String, String> bindings(Arguments arguments) {
        admin.put("realms/" + arguments.text("realm_id"), object().put("browserFlow", arguments.text("browser_flow")))
                .succeeded();
        return Map.of();
    }

    private Map<String, String> identityProvider(Arguments arguments) {
        var alias = arguments.text("alias");
        var provider = object().put("alias", alias)
                .put("displayName", arguments.text("display_name"))
                .put("providerId", arguments.text("provider_id"))
                .put("enabled", true)
                .put("storeToken", arguments.flag("store_token", true))
                .put("addReadTokenRoleOnCreate", false)
                .put("authenticateByDefault", false)
                .put("linkOnly", false)
                .put("trustEmail", false)
                .put("firstBrokerLoginFlowAlias", "first broker login")
                .put("postBrokerLoginFlowAlias", "");
        var config = provider.putObject("config");
        arguments.map("extra_config").forEach(config::put);
        config.put("clientId", arguments.text("client_id"))
                .put("clientSecret", arguments.text("client_secret"))
                .put("authorizationUrl", arguments.text("authorization_url"))
                .put("tokenUrl", arguments.text("token_url"))
                .put("syncMode", arguments.text("sync_mode"))
                .put("defaultScope", "openid")
                .put("backchannelSupported", "true");
        for (var off : List.of(
                "useJwksUrl",
                "validateSignature",
                "uiLocales",
                "disableUserInfo",
                "disableTypeClaimCheck",
                "acceptsPromptNoneForwardFromClient")) {
            config.put(off, "false");
        }
        admin.post(path(arguments.text("realm"), "identity-provider/instances"), provider)
                .succeeded();
        return Map.of("id", alias, "alias", alias);
    }

    private Map<String, String> role(Arguments arguments) {
        var name = arguments.text("name");
        admin.post(
                        path(arguments.text("realm_id"), "roles"),
                        object().put("name", name).put("description", arguments.text("description")))
                .succeeded();
        return Map.of("name", name);
    }

    private Map<String, String> providerMapper(Arguments arguments) {
        var alias = arguments.text("identity_provider_alias");
        var mapper = object().put("name", arguments.text("name"))
                .put("identityProviderAlias", alias)
                .put("identityProviderMapper", arguments.text("identity_provider_mapper"));
        mapper.set("config", MAPPER.valueToTree(arguments.map("extra_config")));
        var path = "identity-provider/instances/" + alias + "/mappers";
        return Map.of(
                "id", admin.post(path(arguments.text("realm"), path), mapper).createdId());
    }

    private Map<String, String> userProfile(Arguments arguments) {
        var profile = object().put("unmanagedAttributePolicy", arguments.text("unmanaged_attribute_policy"));
        var attributes = profile.putArray("attributes");
        for (var block : arguments.blocks("attribute")) {
            var attribute = attributes
                    .addObject()
                    .put("name", block.text("name"))
                    .put("displayName", block.text("display_name"))
                    .put("multivalued", block.flag("multi_valued", false));
            for (var permissions : block.blocks("permissions")) {
                var allowed = attribute.putObject("permissions");
                allowed.set("view", MAPPER.valueToTree(permissions.take("view")));
                allowed.set("edit", MAPPER.valueToTree(permissions.take("edit")));
                permissions.requireAllTaken();
            }
            for (var validator : block.blocks("validator")) {
                attribute.withObject("/validations").putObject(validator.text("name"));
                validator.requireAllTaken();
            }
            block.requireAllTaken();
        }
        admin.put(path(arguments.text("realm_id"), "users/profile"), profile).succeeded();
        return Map.of();
    }

    private Map<String, String> client(Arguments arguments) {
        var client = object().put("clientId", arguments.text("client_id"))
                .put("name", arguments.text("name"))
                .put("enabled", true)
                .put("protocol", "openid-connect")
                .put("publicClient", arguments.text("access_type").equals("PUBLIC"))
                .put("standardFlowEnabled", arguments.flag("standard_flow_enabled", false))
                .put("directAccessGrantsEnabled", false)
                .put("fullScopeAllowed", true);
        client.set("redirectUris", MAPPER.valueToTree(arguments.take("valid_redirect_uris")));
        client.putObject("attributes").put("pkce.code.challenge.method", arguments.text("pkce_code_challenge_method"));
        return Map.of(
                "id",
                admin.post(path(arguments.text("realm_id"), "clients"), client).createdId());
    }

    private Map<String, String> attributeMapper(Arguments arguments) {
        var mapper = object().put("name", arguments.text("name"))
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-usermodel-attribute-mapper");
        mapper.putObject("config")
                .put("user.attribute", arguments.text("user_attribute"))
                .put("claim.name", arguments.text("claim_name"))
                .put("jsonType.label", arguments.textOr("claim_value_type", "String"))
                .put("multivalued", Boolean.toString(arguments.flag("multivalued", false)))
                .put("aggregate.attrs", "false")
                .put("id.token.claim", Boolean.toString(arguments.flag("add_to_id_token", true)))
                .put("userinfo.token.claim", Boolean.toString(arguments.flag("add_to_userinfo", true)))
                .put("introspection.token.claim", "true")
                .put("access.token.claim", Boolean.toString(arguments.flag("add_to_access_token", true)));
        var path = "clients/" + arguments.text("client_id") + "/protocol-mappers/models";
        return Map.of(
                "id", admin.post(path(arguments.text("realm_id"), path), mapper).createdId());
    }

    private static String path(String realm, String below) {
        return "realms/" + realm + "/" + below;
    }

    private static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The arguments of a resource or of a block in it. Each has to be taken. */
    private final class Arguments {

        private final String owner;
        private final Map<String, Object> left;

        Arguments(TerraformResource resource) {
            this(resource.type() + "." + resource.name(), resource.arguments());
        }

        private Arguments(String owner, Map<String, Object> arguments) {
            this.owner = owner;
            this.left = new LinkedHashMap<>(arguments);
        }

        void skip(String... names) {
            List.of(names).forEach(left::remove);
        }

        Object take(String name) {
            if (!left.containsKey(name)) {
                throw new AssertionError(owner + " lacks " + name);
            }
            return left.remove(name);
        }

        String text(String name) {
            return resolved(take(name));
        }

        String textOr(String name, String preset) {
            return left.containsKey(name) ? text(name) : preset;
        }

        boolean flag(String name, boolean preset) {
            return left.containsKey(name) ? (Boolean) take(name) : preset;
        }

        int number(String name) {
            return ((Number) take(name)).intValue();
        }

        Map<String, String> map(String name) {
            var texts = new LinkedHashMap<String, String>();
            ((Map<?, ?>) take(name)).forEach((key, value) -> texts.put(key.toString(), resolved(value)));
            return texts;
        }

        /** {@return the blocks of a name, of which a parser makes one map or several} */
        @SuppressWarnings("unchecked")
        List<Arguments> blocks(String name) {
            var blocks = new ArrayList<Arguments>();
            var value = left.remove(name);
            if (value instanceof List<?> several) {
                several.forEach(block -> blocks.add(new Arguments(owner + "." + name, (Map<String, Object>) block)));
            } else if (value != null) {
                blocks.add(new Arguments(owner + "." + name, (Map<String, Object>) value));
            }
            return blocks;
        }

        void requireAllTaken() {
            if (!left.isEmpty()) {
                throw new AssertionError(owner + " has no argument " + left.keySet());
            }
        }

        private String resolved(Object value) {
            var text = value.toString();
            if (!text.startsWith("&")) {
                // HCL writes ${ so that it is not taken for an expression.
                return text.replace("$${", "${");
            }
            var end = text.lastIndexOf('.');
            var attributes = created.get(text.substring(1, end));
            if (attributes == null || !attributes.containsKey(text.substring(end + 1))) {
                throw new AssertionError(owner + " refers to what is not there: " + text);
            }
            return attributes.get(text.substring(end + 1));
        }
    }
}

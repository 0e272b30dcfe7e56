package io.github.keycloakgigya.it.manual;

import java.util.Map;

/**
 * A resource in a Terraform file.
 *
 * @param type such as {@code keycloak_role}
 * @param name what other resources refer to it by
 * @param arguments text that begins with {@code &} refers to another resource
 */
public record TerraformResource(String type, String name, Map<String, Object> arguments) {}

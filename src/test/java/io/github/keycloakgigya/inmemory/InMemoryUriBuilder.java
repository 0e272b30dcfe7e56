package io.github.keycloakgigya.inmemory;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes addresses, as far as Keycloak's own are made. */
abstract class InMemoryUriBuilder extends UriBuilder {

    private String address = "";
    private String query = "";

    @Override
    public UriBuilder uri(URI uri) {
        return uri(uri.toString());
    }

    @Override
    public UriBuilder uri(String template) {
        var mark = template.indexOf('?');
        address = mark < 0 ? template : template.substring(0, mark);
        query = mark < 0 ? "" : template.substring(mark + 1);
        return this;
    }

    @Override
    public UriBuilder path(String path) {
        address = address.replaceAll("/$", "") + "/" + path.replaceAll("^/", "");
        return this;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public UriBuilder path(Class resource) {
        return path(((Class<?>) resource).getAnnotation(Path.class).value());
    }

    @Override
    @SuppressWarnings("rawtypes")
    public UriBuilder path(Class resource, String method) {
        var annotated = Arrays.stream(resource.getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .filter(candidate -> candidate.isAnnotationPresent(Path.class))
                .findFirst()
                .orElseThrow();
        return path(annotated.getAnnotation(Path.class).value());
    }

    @Override
    public UriBuilder queryParam(String name, Object... values) {
        for (var value : values) {
            query += (query.isEmpty() ? "" : "&") + name + "=" + encoded(value);
        }
        return this;
    }

    @Override
    public URI build(Object... values) {
        var built = address;
        for (var value : values) {
            built = built.replaceFirst("\\{[^}]*}", encoded(value));
        }
        return URI.create(query.isEmpty() ? built : built + "?" + query);
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }
}

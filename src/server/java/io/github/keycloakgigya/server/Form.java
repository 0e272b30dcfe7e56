package io.github.keycloakgigya.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Parameters of a form or a query, in order; a name may occur more than once.
 *
 * @param parameters grows with {@link #and}
 */
public record Form(List<Map.Entry<String, String>> parameters) {

    public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    /** {@return a form without parameters} */
    public static Form empty() {
        return new Form(new ArrayList<>());
    }

    /** {@return a form with one parameter} */
    public static Form of(String name, String value) {
        return empty().and(name, value);
    }

    /** {@return this form, with one more parameter, even where the name is there already} */
    public Form and(String name, String value) {
        parameters.add(Map.entry(name, value));
        return this;
    }

    /** {@return a new form with the parameters of this one and of another after them} */
    public Form and(Form others) {
        var all = new Form(new ArrayList<>(parameters));
        all.parameters.addAll(others.parameters);
        return all;
    }

    public String encoded() {
        return parameters.stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.github.keycloakgigya.signin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Opens a Content-Security-Policy for the hosts that Gigya's browser script needs.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
final class ContentSecurityPolicy {

    // What the vendor's own modules allow for the script: see etc/csp_whitelist.xml of gigya/Magento-2.
    private static final List<String> OPENED =
            List.of("script-src", "connect-src", "frame-src", "img-src", "style-src", "font-src");
    private static final String FALLBACK = "default-src";
    private static final String NONE = "'none'";

    private final List<String> sources;

    ContentSecurityPolicy(List<String> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * {@return the policy with the hosts added to each directive that would keep the script from working} A directive
     * that the policy does not restrict stays unrestricted: adding it would forbid what was allowed.
     */
    String open(String policy) {
        var directives = parse(policy);
        for (var name : OPENED) {
            var present = directives.containsKey(name) ? directives.get(name) : directives.get(FALLBACK);
            if (present != null) {
                directives.put(name, with(present));
            }
        }
        return directives.entrySet().stream()
                .map(directive -> directive.getValue().isEmpty()
                        ? directive.getKey()
                        : directive.getKey() + " " + String.join(" ", directive.getValue()))
                .collect(Collectors.joining("; ", "", ";"));
    }

    private List<String> with(List<String> present) {
        var opened = new ArrayList<>(present);
        opened.remove(NONE);
        sources.stream().filter(source -> !opened.contains(source)).forEach(opened::add);
        return opened;
    }

    private static Map<String, List<String>> parse(String policy) {
        var directives = new LinkedHashMap<String, List<String>>();
        for (var directive : policy.split(";")) {
            var words = Arrays.asList(directive.strip().split("\\s+"));
            if (!words.get(0).isEmpty()) {
                // Browsers take the first of two directives of one name.
                directives.putIfAbsent(words.get(0).toLowerCase(Locale.ROOT), words.subList(1, words.size()));
            }
        }
        return directives;
    }
}

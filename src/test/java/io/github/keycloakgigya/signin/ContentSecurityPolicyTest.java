package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.signin.SignInPage.PageHeaders.ContentSecurityPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentSecurityPolicyTest {

    private static final String HOSTS = "https://*.eu1.gigya.com";

    private final ContentSecurityPolicy policy = new ContentSecurityPolicy(List.of(HOSTS));

    @Test
    void keycloaks_default_policy_is_opened_for_frames_only() {
        assertThat(policy.open("frame-src 'self'; frame-ancestors 'self'; object-src 'none';"))
                .isEqualTo("frame-src 'self' " + HOSTS + "; frame-ancestors 'self'; object-src 'none';");
    }

    @Test
    void a_directive_that_forbids_everything_allows_the_hosts_and_nothing_else() {
        assertThat(policy.open("script-src 'none'")).isEqualTo("script-src " + HOSTS + ";");
    }

    @Test
    void a_host_that_is_allowed_already_is_not_named_twice() {
        assertThat(policy.open("script-src " + HOSTS)).isEqualTo("script-src " + HOSTS + ";");
    }

    @Test
    void a_directive_without_values_stays_one() {
        assertThat(policy.open("upgrade-insecure-requests; ")).isEqualTo("upgrade-insecure-requests;");
    }

    @Test
    void a_default_is_repeated_for_what_the_script_needs_so_that_it_stays_as_strict_for_the_rest() {
        assertThat(policy.open("default-src 'self'"))
                .startsWith("default-src 'self';")
                .contains("script-src 'self' " + HOSTS)
                .contains("connect-src 'self' " + HOSTS)
                .contains("frame-src 'self' " + HOSTS)
                .doesNotContain("object-src");
    }

    @Test
    void what_the_policy_does_not_restrict_stays_unrestricted() {
        assertThat(policy.open("object-src 'none'")).isEqualTo("object-src 'none';");
    }

    @Test
    void who_may_frame_the_page_is_never_touched() {
        assertThat(policy.open("default-src 'none'; frame-ancestors 'none'")).contains("frame-ancestors 'none';");
    }

    @Test
    void of_two_directives_of_one_name_the_first_counts_as_in_browsers() {
        assertThat(policy.open("script-src 'self'; SCRIPT-SRC *")).isEqualTo("script-src 'self' " + HOSTS + ";");
    }
}

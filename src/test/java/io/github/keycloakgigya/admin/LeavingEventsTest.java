package io.github.keycloakgigya.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.federation.release.ReleaseResult;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** What admin events tell of releases, those included that break off. */
class LeavingEventsTest {

    private static final ReleaseResult SO_FAR = new ReleaseResult(500, 0, 1, 2);

    private final Shop shop = Shop.federated(Map.of());
    private final AdminEventBuilder ofRequest = mock(AdminEventBuilder.class, RETURNS_SELF);
    private final AdminEventBuilder ofAnother = mock(AdminEventBuilder.class, RETURNS_SELF);
    private final LeavingEvents events = new LeavingEvents(shop.session(), ofRequest, Shop.FEDERATION);

    @BeforeEach
    void another_transaction_tells_for_itself() {
        when(ofRequest.clone(argThat(session -> session != shop.session()))).thenReturn(ofAnother);
    }

    @Test
    void what_a_request_has_done_is_told_with_its_counts() {
        assertThat(events.told("release", ReleaseResult.NOTHING, soFar -> SO_FAR))
                .isEqualTo(SO_FAR);

        verify(ofRequest).resourcePath("gigya", "leaving", Shop.FEDERATION, "release");
        verify(ofRequest).representation(SO_FAR);
        verify(ofRequest).success();
    }

    @Test
    void what_was_done_until_a_request_broke_off_is_told_apart_from_what_is_thrown_away() {
        var failure = new IllegalStateException("the database is gone");

        assertThatThrownBy(() -> events.told("release", ReleaseResult.NOTHING, soFar -> {
                    soFar.accept(SO_FAR);
                    throw failure;
                }))
                .isSameAs(failure);

        verify(ofAnother).resourcePath("gigya", "leaving", Shop.FEDERATION, "release");
        verify(ofAnother).representation(SO_FAR);
        verify(ofAnother).success();
        verify(ofRequest, never()).success();
    }

    @Test
    void a_request_that_is_refused_before_it_does_anything_tells_nothing() {
        assertThatThrownBy(() -> events.told("release", ReleaseResult.NOTHING, soFar -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        verify(ofRequest, never()).clone(any());
        verify(ofRequest, never()).success();
    }

    @Test
    void what_broke_a_request_off_is_thrown_even_where_nothing_can_be_told() {
        var failure = new IllegalStateException("the database is gone");
        doThrow(new IllegalStateException("still gone")).when(ofAnother).success();

        assertThatThrownBy(() -> events.told("release", ReleaseResult.NOTHING, soFar -> {
                    soFar.accept(SO_FAR);
                    throw failure;
                }))
                .isSameAs(failure)
                .hasSuppressedException(new IllegalStateException("still gone"));
    }

    @Test
    void a_file_that_broke_off_is_told_apart_as_well() {
        events.tellOfFailed("start-file", new IllegalStateException());

        verify(ofAnother).resourcePath("gigya", "leaving", Shop.FEDERATION, "start-file");
        verify(ofAnother).success();
    }
}

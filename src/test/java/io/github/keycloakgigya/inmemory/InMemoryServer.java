package io.github.keycloakgigya.inmemory;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.ThemeManager;
import org.keycloak.protocol.ClientData;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.theme.Theme;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

/** What a server has besides its realms. */
final class InMemoryServer {

    private InMemoryServer() {}

    /** {@return themes with this extension's English texts} */
    static ThemeManager theme() {
        try (var file =
                InMemoryServer.class.getResourceAsStream("/theme-resources/messages/admin-messages_en.properties")) {
            var texts = new Properties();
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            var theme = mock(Theme.class);
            when(theme.getMessages(anyString(), any())).thenReturn(texts);
            var themes = mock(ThemeManager.class);
            when(themes.getTheme(any())).thenReturn(theme);
            return themes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return a vault without any entry} */
    static VaultTranscriber vault() {
        var transcriber = mock(VaultTranscriber.class);
        when(transcriber.getStringSecret(anyString())).thenAnswer(call -> {
            String value = call.getArgument(0);
            var secret = mock(VaultStringSecret.class);
            when(secret.get()).thenReturn(Optional.of(value).filter(text -> !text.startsWith("${vault.")));
            return secret;
        });
        return transcriber;
    }

    // Does at once what has to be done. What the storage manager submits only watches the time.
    static ExecutorsProvider executors() {
        var executor = mock(ExecutorService.class);
        when(executor.submit(any(Runnable.class))).thenAnswer(call -> new CompletableFuture<Void>());
        doAnswer(call -> {
                    call.<Runnable>getArgument(0).run();
                    return null;
                })
                .when(executor)
                .execute(any());
        var executors = mock(ExecutorsProvider.class);
        when(executors.getExecutor(anyString())).thenReturn(executor);
        return executors;
    }

    static LoginProtocol protocol() {
        var protocol = mock(LoginProtocol.class);
        when(protocol.getClientData(any()))
                .thenReturn(new ClientData("https://app.example.com/", "code", "query", "state of the app"));
        return protocol;
    }

    static SingleUseObjectProvider singleUseObjects() {
        var used = new ConcurrentHashMap<String, Map<String, String>>();
        var store = mock(SingleUseObjectProvider.class);
        when(store.putIfAbsent(anyString(), anyLong()))
                .thenAnswer(call -> used.putIfAbsent(call.getArgument(0), Map.of()) == null);
        when(store.contains(anyString())).thenAnswer(call -> used.containsKey(call.<String>getArgument(0)));
        doAnswer(call -> used.put(call.getArgument(0), call.getArgument(2)))
                .when(store)
                .put(anyString(), anyLong(), anyMap());
        when(store.get(anyString())).thenAnswer(call -> used.get(call.<String>getArgument(0)));
        return store;
    }
}

package io.github.keycloakgigya.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks {@link SharedServers} for the server whose metrics and traces are switched on, and every way to sign in with
 * them. Its traces go to {@link SpanCollector#shared()}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Watched {}

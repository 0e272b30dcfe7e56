/**
 * What a soak ({@code mvn -Psoak verify}) recorded, what has to hold of it, and the page that tells both.
 *
 * <p>Nothing here knows a server: the load, the faults and the watch are in
 * {@code io.github.keycloakgigya.it.soak}. Start reading at {@link io.github.keycloakgigya.soak.Judge}.
 */
package io.github.keycloakgigya.soak;

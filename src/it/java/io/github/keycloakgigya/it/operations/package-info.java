/**
 * What those who run servers use: metrics, traces, dashboards, containers, the jar itself.
 */
package io.github.keycloakgigya.it.operations;

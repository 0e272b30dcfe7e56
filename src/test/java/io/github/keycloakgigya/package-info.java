/** Tests of the extension as a whole: its rooms, its texts, its jar. Each room's own tests stand in its package. */
package io.github.keycloakgigya;

/// Who may ask: tenants, their keys, what a key may do and how often.
@NullMarked
package ai.quimbi.core.access;

import org.jspecify.annotations.NullMarked;

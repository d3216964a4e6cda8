/// Invents companies whose customers are known: what each is like is drawn first, then what each
/// does.
@NullMarked
package ai.quimbi.server.app.demo;

import org.jspecify.annotations.NullMarked;

package ai.quimbi.server.http;

import ai.quimbi.core.access.Scope;

/// Who may call a route.
public sealed interface Access {
  Access PUBLIC = new Public();
  Access ADMIN = new Admin();
  Access OPERATOR = new Operator();

  static Access scope(Scope scope) {
    return new NeedsScope(scope);
  }

  /// Anyone, without a key.
  record Public() implements Access {}

  /// A tenant's key that carries the scope. Administrators' keys do not open it.
  record NeedsScope(Scope scope) implements Access {}

  /// An administrator's key. A tenant's key never opens it, whatever its scopes.
  record Admin() implements Access {}

  /// Whoever runs the server: an administrator's key, or anyone on the port of the administration.
  record Operator() implements Access {}
}

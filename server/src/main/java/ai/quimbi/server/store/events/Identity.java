package ai.quimbi.server.store.events;

/// What tells an order or an interaction of a tenant from all others.
record Identity(String source, String id) {}

package ai.quimbi.server.store;

/// There is no tenant of this id that is ready to be used.
public final class NoSuchTenant extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoSuchTenant(String tenantId) {
    super("there is no tenant " + tenantId);
  }
}

package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.SigningSecret;
import java.util.List;
import java.util.Set;

/// A program that calls the tools of one tenant, signing with one of its live secrets. It sees the
/// accounts of its `owners` and may call its `tools`.
public record Client(
    String id,
    String tenantId,
    Set<String> owners,
    Set<String> tools,
    boolean isV2Required,
    int perMinute,
    List<SigningSecret> secrets) {

  public Client {
    owners = Set.copyOf(owners);
    tools = Set.copyOf(tools);
    secrets = List.copyOf(secrets);
  }
}

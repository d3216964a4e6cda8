package ai.quimbi.server.store;

/// A pair of keys for AWS, or for a server of its protocols. Its text does not show them.
public record AwsKey(String id, String secret) {
  @Override
  public String toString() {
    return "AwsKey[hidden]";
  }
}

package ai.quimbi.server.http;

import java.time.Duration;
import java.util.List;

/// How the door is hung. Port 0 takes a free one; `adminPort` -1 opens none.
public record DoorSettings(
    String host,
    int port,
    String adminHost,
    int adminPort,
    List<String> corsOrigins,
    List<String> trustedProxies,
    int failedKeysPerMinute,
    Duration requestTime,
    Duration idleTime,
    Duration stopTime) {

  public DoorSettings {
    corsOrigins = List.copyOf(corsOrigins);
    trustedProxies = List.copyOf(trustedProxies);
  }

  /// The defaults, on one address.
  public static DoorSettings on(String host, int port) {
    return new DoorSettings(
        host,
        port,
        "127.0.0.1",
        -1,
        List.of(),
        List.of(),
        30,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(8));
  }

  /// Whoever reaches this port sees the metrics without a key.
  public DoorSettings withAdminPort(String newAdminHost, int newAdminPort) {
    return new DoorSettings(
        host,
        port,
        newAdminHost,
        newAdminPort,
        corsOrigins,
        trustedProxies,
        failedKeysPerMinute,
        requestTime,
        idleTime,
        stopTime);
  }

  public DoorSettings withCorsOrigins(List<String> origins) {
    return new DoorSettings(
        host,
        port,
        adminHost,
        adminPort,
        origins,
        trustedProxies,
        failedKeysPerMinute,
        requestTime,
        idleTime,
        stopTime);
  }

  /// Addresses (`10.0.0.7`) or networks (`10.0.0.0/8`) whose `X-Forwarded-For` is believed.
  public DoorSettings withTrustedProxies(List<String> proxies) {
    return new DoorSettings(
        host,
        port,
        adminHost,
        adminPort,
        corsOrigins,
        proxies,
        failedKeysPerMinute,
        requestTime,
        idleTime,
        stopTime);
  }

  public DoorSettings withFailedKeysPerMinute(int failures) {
    return new DoorSettings(
        host,
        port,
        adminHost,
        adminPort,
        corsOrigins,
        trustedProxies,
        failures,
        requestTime,
        idleTime,
        stopTime);
  }

  /// How long a request may take, a connection may be silent, and a stop may wait.
  public DoorSettings withTimes(Duration request, Duration idle, Duration stop) {
    return new DoorSettings(
        host,
        port,
        adminHost,
        adminPort,
        corsOrigins,
        trustedProxies,
        failedKeysPerMinute,
        request,
        idle,
        stop);
  }
}

package ai.quimbi.server.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells who called. `X-Forwarded-For` is anybody's to write, so only what configured proxies added
/// to it is believed: from the right, the first address that is none of theirs.
final class ClientAddresses {
  private final List<Network> trusted = new ArrayList<>();

  ClientAddresses(List<String> trustedProxies) {
    for (String proxy : trustedProxies) {
      trusted.add(Network.of(proxy));
    }
  }

  /// The caller's address; of IPv6 the /64 network, since one subscriber has all of it.
  String of(String peer, @Nullable String forwardedFor) {
    String client = peer;
    if (forwardedFor != null && isTrusted(peer)) {
      String[] hops = forwardedFor.split(",", -1);
      for (int i = hops.length - 1; i >= 0; i--) {
        String hop = hops[i].strip();
        if (parsed(hop) == null) {
          break;
        }
        client = hop;
        if (!isTrusted(hop)) {
          break;
        }
      }
    }
    byte[] address = parsed(client);
    if (address == null) {
      return client;
    }
    return Arrays.toString(address.length == 16 ? Arrays.copyOf(address, 8) : address);
  }

  private boolean isTrusted(String address) {
    byte[] bytes = parsed(address);
    return bytes != null && trusted.stream().anyMatch(network -> network.contains(bytes));
  }

  /// Only digits are looked at, so that no name is ever asked of a DNS server.
  private static byte @Nullable [] parsed(String address) {
    String bare = address.startsWith("[") ? address.replaceAll("[\\[\\]]", "") : address;
    if (bare.isEmpty() || !bare.matches("[0-9a-fA-F:.]+") || !bare.matches(".*[:.].*")) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(bare).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static final class Network {
    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
      this.prefix = prefix;
      this.bits = bits;
    }

    static Network of(String text) {
      int slash = text.indexOf('/');
      byte[] prefix = parsed(slash < 0 ? text : text.substring(0, slash));
      if (prefix == null) {
        throw new IllegalArgumentException("not an address or network: " + text);
      }
      int bits = slash < 0 ? prefix.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > prefix.length * 8) {
        throw new IllegalArgumentException("not an address or network: " + text);
      }
      return new Network(prefix, bits);
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}

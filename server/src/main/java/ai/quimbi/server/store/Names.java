package ai.quimbi.server.store;

import java.util.regex.Pattern;

/// What Quimbi's databases and roles are called on a server, where other databases may live too.
/// All names begin with the installation's own (`quimbi`), so that several can share a server.
record Names(String installation) {
  private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9]{0,11}");

  Names {
    if (!LEGAL.matcher(installation).matches()) {
      throw new IllegalArgumentException(
          "an installation's name has 1 to 12 lower-case letters and digits, was " + installation);
    }
  }

  String control() {
    return installation + "_control";
  }

  /// The role that may read and write rows of every tenant database, and may enter none.
  String rows() {
    return installation + "_rows";
  }

  String template(String fingerprint) {
    return installation + "_template_" + fingerprint;
  }

  String templateInTheMaking() {
    return installation + "_template";
  }

  String database(String tenantId) {
    return installation + "_t_" + tenantId;
  }

  String role(String tenantId) {
    return installation + "_t_" + tenantId;
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}

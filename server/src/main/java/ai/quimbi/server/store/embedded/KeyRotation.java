package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Databases.Limits;
import ai.quimbi.server.store.Secrets;

/// Gives the stored secrets a new key. Servers that run with the old one could neither read them
/// afterwards nor be stopped from writing under it, so none may run meanwhile.
public final class KeyRotation {
  private KeyRotation() {}

  /// Replaces the folder's `secret.key`. Throws [FolderInUse] while a server runs. Cut short, it is
  /// finished by running it again; nothing is lost in between. Answers how many secrets there are.
  @AcrossTenants("the secrets of the whole installation")
  public static int ofFolder(DataFolder folder, Limits limits) {
    try (DataFolder.Claim claim = folder.claimForCommand("rotate-secret-key");
        EmbeddedPostgres server = EmbeddedPostgres.start(claim)) {
      Secrets both = Secrets.beginRotation(folder.root());
      int count = ofKeys(server.operatorUrl(), both, limits);
      Secrets.finishRotation(folder.root());
      return count;
    }
  }

  /// For a key of the environment over a folder's database: `both` is the new one `alsoOpening` the
  /// old one. Throws [FolderInUse] while a server runs.
  @AcrossTenants("the secrets of the whole installation")
  public static int ofKeys(DataFolder folder, Secrets both, Limits limits) {
    try (DataFolder.Claim claim = folder.claimForCommand("rotate-secret-key");
        EmbeddedPostgres server = EmbeddedPostgres.start(claim)) {
      return ofKeys(server.operatorUrl(), both, limits);
    }
  }

  /// The same over an external database; nobody can see here whether a server runs.
  @AcrossTenants("the secrets of the whole installation")
  public static int ofKeys(DatabaseUrl operator, Secrets both, Limits limits) {
    try (Databases databases = Databases.open(operator, both, limits)) {
      return databases.vault().rotate(both);
    }
  }
}

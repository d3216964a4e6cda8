package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.embedded.DataFolder.Running;
import java.nio.file.Path;
import java.util.Optional;

/// Another process has the data folder. The message names it.
public final class FolderInUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FolderInUse(Path root, Optional<Running> by) {
    super(
        "the data folder "
            + root
            + " is in use by "
            + by.map(Running::toString).orElse("another process")
            + ". Stop it first, or choose another folder with --data.");
  }
}

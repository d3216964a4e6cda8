package ai.quimbi.server.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which file an import reads, whose it is, and whether it is only read.
final class TenantFile {
  @Parameters(paramLabel = "FILE", description = "CSV, plain or gzip.")
  private Path file;

  @Option(names = "--tenant", required = true, paramLabel = "ID", description = "Whose it is.")
  private String tenantId;

  @Option(names = "--dry-run", description = "Read and report; store nothing.")
  private boolean dryRun;

  Path path() {
    return file;
  }

  String tenantId() {
    return tenantId;
  }

  boolean isOnlyRead() {
    return dryRun;
  }
}

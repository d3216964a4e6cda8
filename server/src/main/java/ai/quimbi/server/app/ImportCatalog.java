package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.imports.CatalogImport;
import ai.quimbi.server.app.imports.CatalogImport.Mode;
import ai.quimbi.server.app.imports.TableReport;
import ai.quimbi.server.app.imports.UnreadableFile;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.store.generation.Catalog;
import ai.quimbi.server.store.generation.Catalog.Kind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What `./quimbi import products|offers|policies|snippets` have in common.
@Command(
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A row tells of an item as a whole. Several texts in one cell are parted by |. What is not in",
      "the file stays as it is, unless --replace is given; the same file again changes nothing."
    })
abstract class ImportCatalog implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;
  @Mixin private TenantFile file;

  @Option(names = "--strict", description = "Store nothing where any row is bad.")
  private boolean strict;

  @Option(
      names = "--replace",
      description = "What is not in the file is removed. Stores nothing where any row is bad.")
  private boolean replace;

  private final Kind kind;

  ImportCatalog(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Integer call() throws IOException, UnreadableFile {
    try (Installation installation = where.open("import")) {
      Tenant tenant = Where.tenant(installation, file.tenantId());
      CatalogImport rows =
          new CatalogImport(tenant, new Catalog(installation.databases()), Contract.load(), mode());
      TableReport report = rows.read(file.path(), kind);
      terminal.answer(report.toMap(), report.toText());
      return report.rejectedRows() > 0 && (strict || replace) ? 1 : 0;
    }
  }

  private Mode mode() {
    if (file.isOnlyRead()) {
      return Mode.DRY_RUN;
    }
    return replace ? Mode.REPLACE : strict ? Mode.ADD_WHOLE : Mode.ADD;
  }

  @Command(
      name = "products",
      description = {
        "Import products that messages may speak of: product_id, title, category, description,",
        "features, details, good_for, options, tags, price, url. The first two are needed."
      })
  static final class Products extends ImportCatalog {
    Products() {
      super(Kind.PRODUCT);
    }
  }

  @Command(
      name = "offers",
      description = {
        "Import offers: offer_id, title, text, code, percent_off, amount_off, valid_from,",
        "valid_until, segments, url. The first three are needed."
      })
  static final class Offers extends ImportCatalog {
    Offers() {
      super(Kind.OFFER);
    }
  }

  @Command(
      name = "policies",
      description =
          "Import policies: policy_id, title, text, tags, url. The first three are needed.")
  static final class Policies extends ImportCatalog {
    Policies() {
      super(Kind.POLICY);
    }
  }

  @Command(
      name = "snippets",
      description = {
        "Import approved wording: snippet_id, title, text, tags, goals. The first three are needed."
      })
  static final class Snippets extends ImportCatalog {
    Snippets() {
      super(Kind.SNIPPET);
    }
  }
}

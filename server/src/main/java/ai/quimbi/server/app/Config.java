package ai.quimbi.server.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;

/// Everything that can be set, with its default beside it. A component `dataFolder` is set by the
/// environment variable `QUIMBI_DATA_FOLDER`, or by a line of the same name in the file that
/// `QUIMBI_CONFIG` names; the environment wins. See [Settings] for how they are read.
public record Config(
    @Setting(is = "127.0.0.1", means = "address the server listens on") String host,
    @Setting(is = "8080", means = "port the server listens on; 0 takes a free one") int port,
    @Setting(is = "./quimbi-data", means = "folder of the embedded PostgreSQL and its secrets")
        Path data,
    @Setting(
            is = "",
            means =
                "an external PostgreSQL 15 or newer instead of the embedded one:"
                    + " postgresql://role:password@host:port/database, a role with CREATEDB and"
                    + " CREATEROLE",
            secret = true)
        String databaseUrl,
    @Setting(
            is = "",
            means =
                "32 bytes in base64 that encrypt stored secrets; without it a file in the data"
                    + " folder does",
            secret = true)
        String secretKey,
    @Setting(is = "false", means = "several servers share the database: limits are counted there")
        boolean cluster,
    @Setting(is = "", means = "web origins that browsers may call from, comma-separated")
        List<String> corsOrigins,
    @Setting(is = "", means = "addresses of proxies whose X-Forwarded-For is believed")
        List<String> trustedProxies,
    @Setting(is = "30", means = "wrong keys a minute from one address before it is answered 429")
        int failedKeysPerMinute,
    @Setting(is = "-1", means = "port for /metrics and health without a key; -1 opens none")
        int adminPort,
    @Setting(is = "human", means = "human or json: how the log on the error stream is written")
        String logFormat,
    @Setting(is = "info", means = "error, warn, info or debug") String logLevel,
    @Setting(is = "16", means = "requests that may be in PostgreSQL at one time, over all tenants")
        int gatePermits,
    @Setting(is = "4", means = "connections, and so requests at one time, of one tenant")
        int connectionsPerTenant,
    @Setting(is = "40", means = "connections to tenants' databases that may be open, over all")
        int maxConnections,
    @Setting(is = "2000", means = "how long a request waits for its turn before it is answered 503")
        int gateWaitMillis,
    @Setting(
            is = "32",
            means =
                "megabytes for answers that are given again while nothing of the customer changed;"
                    + " 0 works each out anew")
        int answersKeptMegabytes,
    @Setting(
            is = "1000",
            means = "orders that must have come in since the last fit before a tenant is refitted")
        int refitAfterOrders,
    @Setting(is = "30", means = "days after which a tenant is refitted even without new orders")
        int refitAfterDays,
    @Setting(
            is = "true",
            means =
                "whether this server does each tenant's work of the day: refits that are due,"
                    + " everybody's scores, history after an import")
        boolean nightly,
    @Setting(
            is = "true",
            means =
                "this server makes the industry benchmarks when a month begins; where no server"
                    + " does, ./quimbi benchmark release does")
        boolean benchmarkReleases,
    @Setting(
            is = "none",
            means = "none, anthropic, openai (and whatever speaks its format) or ollama")
        String llmProvider,
    @Setting(is = "", means = "the language model's name") String llmModel,
    @Setting(is = "", means = "where the language model is, if not at its provider's own address")
        String llmBaseUrl,
    @Setting(is = "", means = "the key for the language model", secret = true) String llmApiKey,
    @Setting(
            is = "8000",
            means = "milliseconds for a model to write a message, retries and repair included")
        int llmDeadlineMillis,
    @Setting(is = "1000000", means = "tokens that one tenant may use in a day") int llmTokensPerDay,
    @Setting(is = "10", means = "money that one tenant may spend on a model in a day")
        String llmSpendPerDay,
    @Setting(is = "0", means = "money for a million tokens read") String llmInputPrice,
    @Setting(is = "0", means = "money for a million tokens written") String llmOutputPrice,
    @Setting(
            is = "postgres",
            means =
                "postgres, folder or s3: where the copilot's tools read usage, tickets and"
                    + " contracts, and where exports are kept")
        String documents,
    @Setting(is = "./quimbi-documents", means = "the folder of QUIMBI_DOCUMENTS=folder")
        Path documentsFolder,
    @Setting(
            is = "{tenant}",
            means = "what comes before {owner}/usage/{id}.json in the folder or bucket")
        String documentsPrefix,
    @Setting(
            is = "",
            means = "the one tenant whose documents these are, where the prefix has no {tenant}")
        String documentsTenant,
    @Setting(is = "", means = "the bucket of QUIMBI_DOCUMENTS=s3") String s3Bucket,
    @Setting(is = "", means = "where S3 is, if not at AWS") String s3Endpoint,
    @Setting(is = "false", means = "true: the bucket is named in the path, not in the host")
        boolean s3PathStyle,
    @Setting(
            is = "supported",
            means = "supported, or required for servers that do not know S3's newer checksums")
        String s3Checksums,
    @Setting(is = "3000", means = "milliseconds that S3 may take for one document")
        int s3TimeoutMillis,
    @Setting(is = "us-east-1", means = "the region of the bucket and of the queue")
        String awsRegion,
    @Setting(
            is = "",
            means = "key for S3 and SQS; without it the usual chain of AWS finds one",
            secret = true)
        String awsAccessKeyId,
    @Setting(is = "", means = "the secret of that key", secret = true) String awsSecretAccessKey,
    @Setting(
            is = "postgres",
            means = "postgres or sqs: how workers hear of jobs; the jobs are in PostgreSQL")
        String queue,
    @Setting(is = "", means = "the URL of the queue of QUIMBI_QUEUE=sqs") String sqsQueueUrl,
    @Setting(is = "", means = "where SQS is, if not at AWS") String sqsEndpoint) {

  /// How one component is set.
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Setting {
    /// The value where nothing is set.
    String is();

    /// What it does, for `./quimbi config`.
    String means();

    /// Whether its value is never shown.
    boolean secret() default false;
  }
}

export { Accounts, type Account, type AccountHealth, type HealthBacktest, type HealthWeights, type Ticket, type UsageDay } from "./accounts.js";
export { Behaviour, type ArchetypeMigration } from "./behaviour.js";
export { Catalog, type CatalogPage, type CatalogStored, type Offer, type Policy, type Product, type Snippet } from "./catalog.js";
export {
  Generation,
  type ActionOutcome,
  type BetaBelief,
  type GenerationInsights,
  type MessageFeedback,
  type Play,
  type Playbook,
  type Thresholds,
} from "./generation.js";
export { QuimbiAdmin, type AdminConfig, type BenchmarkRates, type LanguageModel, type LanguageModelSetting, type NewKey, type NewTenant, type Owner, type Rate } from "./admin.js";
export { QuimbiClient, type Filter, type IngestOptions, type QuimbiConfig } from "./client.js";
export type { CallOptions, ConnectionOptions } from "./connection.js";
export { ApiError, BadAnswerError, DeadlineError, InvalidArgumentError, QuimbiError, TransportError } from "./errors.js";
export type { ServerEvent } from "./events.js";
export { Insights, type BenchmarkLedger, type Contribution, type ModelReport, type Overview, type RevenueForecast, type ScoringProgress } from "./insights.js";
export { Jobs, type ImportOptions, type Job } from "./jobs.js";
export { Segments, type SavedSegment } from "./segments.js";
export { canonicalV2, signV1, signV2 } from "./signature.js";
export { CopilotTools, type CopilotConfig } from "./tools.js";
export type * from "./types.js";

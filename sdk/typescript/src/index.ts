export { Accounts, type Account, type HealthWeights, type Ticket, type UsageDay } from "./accounts.js";
export { QuimbiAdmin, type AdminConfig, type NewKey, type NewTenant, type Rate } from "./admin.js";
export { QuimbiClient, type IngestOptions, type QuimbiConfig } from "./client.js";
export type { CallOptions, ConnectionOptions } from "./connection.js";
export { ApiError, BadAnswerError, DeadlineError, InvalidArgumentError, QuimbiError, TransportError } from "./errors.js";
export type { ServerEvent } from "./events.js";
export { canonicalV2, signV1, signV2 } from "./signature.js";
export { CopilotTools, type CopilotConfig } from "./tools.js";
export type * from "./types.js";

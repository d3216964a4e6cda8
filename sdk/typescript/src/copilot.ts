// The contracts of the copilot's tools, for those who validate with Zod. Strict where the contract
// is: an envelope says either `data` or `error`, never both.
import { z } from "zod";

export const TOOL_NAMES = [
  "get_customer_usage",
  "get_recent_tickets",
  "get_contract_info",
  "calculate_health",
  "generate_email",
  "generate_qbr_outline",
] as const;
export const ToolNameSchema = z.enum(TOOL_NAMES);
export type ToolName = z.infer<typeof ToolNameSchema>;

const SeveritySchema = z.enum(["low", "medium", "high"]);

/** `params` may be absent, but not null. */
export const RequestEnvelopeSchema = z.strictObject({
  customerId: z.string().min(1).max(128),
  params: z.record(z.string(), z.unknown()).optional(),
});

export const GetUsageRequestSchema = RequestEnvelopeSchema.extend({
  params: z.looseObject({ periodDays: z.number().int().min(1).max(365).optional() }).optional(),
});

export const ERROR_CODES = [
  "INVALID_INPUT",
  "TIMEOUT",
  "TOOL_FAILURE",
  "MISSING_DATA",
  "UNAUTHORIZED",
  "UNKNOWN_TOOL",
  "RATE_LIMITED",
] as const;

/** The codes are open: a later version may name more. */
export const ErrorBlockSchema = z.object({ code: z.string().min(1), message: z.string() });

export const ErrorResponseSchema = z.object({
  ok: z.literal(false),
  data: z.null(),
  error: ErrorBlockSchema,
});

/** A success of one tool. */
export const successOf = <T extends z.ZodType>(data: T) =>
  z.object({ ok: z.literal(true), data, error: z.null() });

/** Only in a lenient answer (`params.lenient`) that lacks data. */
const missingData = z.literal(true).optional();

export const UsageSchema = z.object({
  trend: z.enum(["up", "down", "flat"]),
  avgDailyUsers: z.number(),
  sparkline: z.array(z.number()).max(4),
  missingData,
});

export const TicketsSchema = z.object({
  openTickets: z.number().int().min(0),
  recentTickets: z.array(z.object({ id: z.string(), severity: SeveritySchema })).max(10),
  missingData,
});

export const ContractSchema = z.object({ renewalDate: z.string(), arr: z.number(), missingData });

export const SignalSchema = z.enum([
  "usage_up",
  "usage_flat",
  "usage_down",
  "no_tickets",
  "few_tickets",
  "many_tickets",
  "renewal_near",
  "renewal_far",
]);

export const HealthSchema = z.object({
  score: z.number().int().min(0).max(100),
  riskLevel: z.enum(["low", "medium", "high"]),
  signals: z.array(SignalSchema),
  /** With `params.include: ["components"]`. */
  components: z
    .array(z.object({ name: z.enum(["usage", "tickets", "renewal"]), score: z.number(), weight: z.number() }))
    .optional(),
  weightsVersion: z.number().int().min(1).optional(),
  missingData,
});

export const EmailSchema = z.object({ subject: z.string(), body: z.string(), missingData });

export const QbrOutlineSchema = z.object({ sections: z.array(z.string()), missingData });

export const GetUsageResponseSchema = successOf(UsageSchema);
export const GetTicketsResponseSchema = successOf(TicketsSchema);
export const GetContractResponseSchema = successOf(ContractSchema);
export const CalculateHealthResponseSchema = successOf(HealthSchema);
export const GenerateEmailResponseSchema = successOf(EmailSchema);
export const GenerateQbrOutlineResponseSchema = successOf(QbrOutlineSchema);

/** What each tool's success holds. */
export const ToolDataSchemas = {
  get_customer_usage: UsageSchema,
  get_recent_tickets: TicketsSchema,
  get_contract_info: ContractSchema,
  calculate_health: HealthSchema,
  generate_email: EmailSchema,
  generate_qbr_outline: QbrOutlineSchema,
} as const satisfies Record<ToolName, z.ZodType>;

/** Each tool's answer: its success or an error. */
export const ToolResponseSchemas = {
  get_customer_usage: z.union([GetUsageResponseSchema, ErrorResponseSchema]),
  get_recent_tickets: z.union([GetTicketsResponseSchema, ErrorResponseSchema]),
  get_contract_info: z.union([GetContractResponseSchema, ErrorResponseSchema]),
  calculate_health: z.union([CalculateHealthResponseSchema, ErrorResponseSchema]),
  generate_email: z.union([GenerateEmailResponseSchema, ErrorResponseSchema]),
  generate_qbr_outline: z.union([GenerateQbrOutlineResponseSchema, ErrorResponseSchema]),
} as const satisfies Record<ToolName, z.ZodType>;

export type ToolResponse<T extends ToolName> = z.infer<(typeof ToolResponseSchemas)[T]>;

/** Any tool's answer, by its outer shape: if `error` is not null, `data` is. */
export const ResponseEnvelopeSchema = z.union([
  successOf(z.record(z.string(), z.unknown())),
  ErrorResponseSchema,
]);

export const JobStartRequestSchema = RequestEnvelopeSchema.extend({ tool: ToolNameSchema });

export const JobStatusSchema = z.object({
  jobId: z.string(),
  status: z.enum(["queued", "running", "succeeded", "failed"]),
  progress: z.number().optional(),
  result: ResponseEnvelopeSchema.optional(),
});

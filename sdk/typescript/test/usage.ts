// The usage snippet of the platform document, unchanged but for the import. `ticketMessages` is the
// reader's own.
import { QuimbiClient } from "../src/index.js";
const ticketMessages: object[] = [{ from: "customer", content: "Which batting for a baby quilt?" }];

// Usage
const quimbi = new QuimbiClient({
  baseUrl: 'https://platform.quimbi.ai',
  apiKey: process.env.QUIMBI_API_KEY
});

// In your support ticket view
const customerIntel = await quimbi.analyzeCustomer('cust_12345');
const aiDraft = await quimbi.generateMessage(
  customerIntel,
  {
    goal: 'resolve_support_issue',
    conversation: ticketMessages
  }
);

export { aiDraft, customerIntel };

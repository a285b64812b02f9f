/** The summary of a case in the Web UI, which renders it as Markdown. */
import { escapeMarkdown } from '../workflows/core/views/markdown';
import { clean } from './untrusted';

/** Temporal refuses a start whose summary is over 400 bytes; some are kept free for the payload around it. */
const SUMMARY_BYTES = 360;

const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();
const bytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** As much of the text, escaped, as fits; cut between characters as people see them. */
function fit(text: string, maxBytes: number): string {
  const plain = oneLine(text);
  if (bytes(escapeMarkdown(plain)) <= maxBytes) return escapeMarkdown(plain);
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(plain)) {
    if (bytes(`${escapeMarkdown(kept + segment)}…`) > maxBytes) break;
    kept += segment;
  }
  return `${escapeMarkdown(kept)}…`;
}

/** `C1234567 · Acme · Everything is slow`: the line by which the Web UI knows the case. */
export function staticSummary(caseNumber: string, customer: string, title: string): string {
  const head = `${escapeMarkdown(oneLine(caseNumber))} · ${fit(customer, 120)} · `;
  return head + fit(title, SUMMARY_BYTES - bytes(head));
}

/** One runner for all presets: the request from the file, sent as any page is, and the answer judged by the file. */
import type { Template } from 'liquidjs';
import type { OutgoingPage, SendResult, SettledPage } from '../channel';
import type { Texts } from '../../texts/texts';
import { isAnswer, type Answer, type Outgoing, type Post } from '../http/post';
import { engines, type Preset } from './preset';

/** What directory.yaml says of the channel. */
export type FieldValues = Readonly<Record<string, string>>;

/** Facts of a page as templates name them. */
export interface PageFacts {
  readonly key: string;
  readonly id: string;
  readonly case: string;
  readonly title: string;
  readonly subject: string;
  readonly state: string;
  readonly customer: string;
  readonly headline: string;
  readonly want: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly short: string;
  readonly link: string | null;
  readonly urgent: boolean;
  readonly severity: number;
  readonly level: string;
  readonly emergency: string;
  readonly purpose: string;
  readonly person: string;
  readonly name: string;
}

export const factsOf = (page: OutgoingPage, texts: Texts): PageFacts => ({
  key: page.key,
  id: page.pageId,
  case: page.caseNumber,
  title: page.title,
  subject: page.parts.subject,
  state: page.parts.state,
  customer: page.parts.customer,
  headline: page.parts.headline,
  want: page.parts.lines[0] ?? '',
  text: page.parts.lines.join('\n'),
  lines: page.parts.lines,
  short: texts.short(page),
  link: page.ackUrl ?? null,
  urgent: page.urgent,
  severity: page.severity,
  level: page.level,
  emergency: page.emergency,
  purpose: page.purpose,
  person: page.person,
  name: page.name,
});

export async function sendByPreset(
  preset: Preset,
  values: FieldValues,
  page: OutgoingPage,
  { post, texts }: { readonly post: Post; readonly texts: Texts },
  cancelled: AbortSignal,
): Promise<SendResult> {
  const words = { have_it: texts.label(page, 'HAVE_IT'), cannot: texts.label(page, 'CANNOT') };
  const request = requestOf(preset, values, preset.url, preset.body, { page: factsOf(page, texts), words });
  const answer = await post(request, cancelled);
  if (!isAnswer(answer)) return answer;
  const result = judge(preset, answer);
  return result.outcome === 'accepted' && preset.settled ? { outcome: 'accepted', receipt: preset.name } : result;
}

/** What the page has opened is closed, where the provider knows of that. */
export async function settleByPreset(
  preset: Preset,
  values: FieldValues,
  settled: SettledPage,
  post: Post,
  cancelled: AbortSignal,
): Promise<SendResult> {
  if (!preset.settled) return { outcome: 'accepted' };
  const { url, body } = preset.settled;
  const { caseNumber, pageId, outcome, by } = settled;
  const facts = { settled: { id: pageId, case: caseNumber, outcome, by: by ?? '' } };
  const answer = await post(requestOf(preset, values, url, body, facts), cancelled);
  return isAnswer(answer) ? judge(preset, answer) : answer;
}

export function requestOf(
  { fields, method, headers, isJson }: Preset,
  values: FieldValues,
  url: Template[],
  body: Template[],
  facts: object,
): Outgoing {
  const now = Date.now();
  const channel = Object.fromEntries(
    Object.entries(fields).map(([name, { default: byDefault }]) => [name, values[name] ?? byDefault ?? null]),
  );
  const scope = { channel, now: { s: Math.floor(now / 1000), ms: now } };
  const bodies = isJson ? engines.json : engines.text;
  return {
    method,
    url: String(engines.text.renderSync(url, scope)).trim(),
    headers: Object.fromEntries(
      Object.entries(headers)
        .map(([name, value]) => [name, String(engines.text.renderSync(value, scope)).trim()] as const)
        // A header that a field would fill, and nobody did.
        .filter(([, value]) => value !== ''),
    ),
    body: String(bodies.renderSync(body, { ...scope, ...facts })),
  };
}

function judge({ accepted, retry, busy, code }: Preset, answer: Answer): SendResult {
  const { status, afterMs, isCut } = answer;
  const seen = { status, body: bodyOf(answer) };
  if (accepted(seen) === true) return { outcome: 'accepted' };
  const said = code?.(seen);
  const detail = typeof said === 'string' && said !== '' ? `HTTP ${status}, ${said.slice(0, 60)}` : `HTTP ${status}`;
  // A yes that broke off may be a no in its second half: asked again, the receiver knows the page by its key or shows it twice.
  const isUnclear = isCut === true && status >= 200 && status < 300;
  if (retry(seen) !== true && !isUnclear) return { outcome: 'rejected', detail };
  return { outcome: 'retry', detail, isBusy: busy(seen) === true, ...(afterMs !== undefined && { afterMs }) };
}

function bodyOf({ text }: Answer): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

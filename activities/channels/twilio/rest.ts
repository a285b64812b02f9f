/** Twilio's REST interface, as far as pages need it: two forms to post, and what its answers mean. */
import type { SendResult } from '../channel';
import { isAnswer, judgeStatus, type Answer, type Post } from '../http/post';

export interface TwilioSettings {
  readonly sid: string;
  readonly token: string;
  /** A number, an alphanumeric sender, or a messaging service (`MG…`). */
  readonly from: string;
  /** `https://api.twilio.com` */
  readonly url?: string;
}

/** `callback URL is not valid`: better a page without news of it than none. */
const CALLBACK_REFUSED = 21609;

export class Twilio {
  constructor(
    private readonly settings: TwilioSettings,
    private readonly http: Post,
  ) {}

  get from(): string {
    return this.settings.from;
  }

  /** One message or call. */
  async create(
    what: 'Messages' | 'Calls',
    form: Readonly<Record<string, string>>,
    cancelled: AbortSignal,
  ): Promise<SendResult> {
    const answer = await this.request('POST', `${what}.json`, form, cancelled);
    if (!isAnswer(answer)) return answer;
    const code = codeOf(answer);
    if (code === CALLBACK_REFUSED && form['StatusCallback'] !== undefined) {
      const { StatusCallback: _, ...without } = form;
      return this.create(what, without, cancelled);
    }
    return judge(answer, code);
  }

  /** Says whether the account is there and may be used; sends nothing. */
  async probe(signal: AbortSignal): Promise<string | undefined> {
    const answer = await this.request('GET', '', undefined, signal);
    const result = isAnswer(answer) ? judge(answer, codeOf(answer)) : answer;
    return result.outcome === 'accepted' ? undefined : result.detail;
  }

  private request(
    method: 'POST' | 'GET',
    path: string,
    form: Readonly<Record<string, string>> | undefined,
    signal: AbortSignal,
  ): Promise<Answer | SendResult> {
    const { sid, token, url = 'https://api.twilio.com' } = this.settings;
    const account = `${url.replace(/\/$/, '')}/2010-04-01/Accounts/${encodeURIComponent(sid)}`;
    return this.http(
      {
        url: path === '' ? `${account}.json` : `${account}/${path}`,
        method,
        headers: {
          authorization: `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`,
          accept: 'application/json',
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(form && { body: new URLSearchParams(form).toString() }),
      },
      signal,
    );
  }
}

function codeOf({ text }: Answer): number | undefined {
  try {
    const { code } = JSON.parse(text) as { readonly code?: unknown };
    return typeof code === 'number' ? code : undefined;
  } catch {
    return undefined;
  }
}

function judge(answer: Answer, code: number | undefined): SendResult {
  const result = judgeStatus(answer);
  if (result.outcome === 'accepted' || code === undefined) return result;
  return { ...result, detail: `Twilio ${code}` };
}

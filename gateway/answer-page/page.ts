/**
 * The page on which a person answers: what is wanted, by when, whose case, two buttons, a number to call. It works without
 * script, because it must work on whatever telephone somebody has at night.
 */
import type { OpenedPage } from '../answering';
import { html, type Html } from './html';
import type { Standing } from './standing';
import { STYLE_ELEMENT } from './style';
import { isSettled, wantedIn, whose, type AnswerPageWords, type Saying } from './words';

export interface Telling extends Saying {
  readonly hotline: string;
  /** What came of an answer that was just given. */
  readonly said?: 'have' | 'cannot' | { readonly refused: string };
}

const page = ({ language }: AnswerPageWords, title: string, body: Html, isAlarm = false): string =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main class="${isAlarm ? 'alarm' : ''}">${body}</main>
      </body>
    </html> `.text;

/** The page of a case, as it stands for this person. */
export function answerPage(opened: OpenedPage, telling: Telling): string {
  const { view, caseNumber, person, standing } = opened;
  const { words } = telling;
  const heading = headingOf(standing, telling);
  const body = html`<p class="state">${stateOf(opened, words)}</p>
    <h1>${heading}</h1>
    ${besides(standing, telling)}
    <dl>
      <dt>${words.case}</dt>
      <dd>${caseNumber} · ${view.title}</dd>
      <dt>${words.customer}</dt>
      <dd>${view.customer.name}</dd>
    </dl>
    ${facts(opened, telling)} ${form(standing, person.name, words)}
    <p>${call(telling)}</p>`;
  return page(words, `${caseNumber} · ${heading}`, body, view.emergency === 'ACTIVE');
}

/** A page that says only one thing: a link that is not valid, say. */
export const plainPage = (
  words: AnswerPageWords,
  { title, text }: { readonly title: string; readonly text: string },
  hotline: string,
): string =>
  page(
    words,
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>
      <p>${call({ words, hotline })}</p>`,
  );

function stateOf({ view: { severity, level, emergency } }: OpenedPage, words: AnswerPageWords): string {
  return [
    words.severity(severity),
    ...(level === 'NORMAL' ? [] : [words.levels[level]]),
    ...(emergency === 'ACTIVE' ? [words.emergency] : []),
  ].join(' · ');
}

/** What somebody wants to know before anything else. */
function headingOf(standing: Standing, telling: Telling): string {
  const { words, nameOf, said } = telling;
  if (said === 'cannot') {
    const askedNow = standing.is === 'ASKED' ? standing.askedNow : null;
    return words.declined(askedNow === null ? null : nameOf(askedNow));
  }
  if (isSettled(standing)) return whose(standing, telling);
  const [first] = standing.wanted;
  return first ? wantedIn(words, first) : '';
}

function besides(standing: Standing, { words, when, nameOf, said }: Telling): Html {
  const refused = typeof said === 'object' ? html`<p class="note">${words.refused(said.refused)}</p>` : html``;
  switch (standing.is) {
    case 'ASKED': {
      const [first, ...more] = standing.wanted;
      const late = standing.late && said !== 'cannot';
      return html`${refused}
      ${first?.answerBy != null && said !== 'cannot' && html`<p>${words.answerBy(when(first.answerBy))}</p>`}
      ${late && html`<p class="note">${words.late(standing.askedNow === null ? null : nameOf(standing.askedNow))}</p>`}
      ${more.map((wanted) => html`<p>${wantedIn(words, wanted)}</p>`)}`;
    }
    case 'YOURS':
      return html`${refused}${standing.wanted.map((wanted) => html`<p>${words.wasAsked(wantedIn(words, wanted))}</p>`)}`;
    case 'TAKEN':
    case 'OVER':
      return html`${said !== 'cannot' && html`<p>${words.nothingToDo}</p>`}`;
    default:
      return standing satisfies never;
  }
}

function facts({ view }: OpenedPage, { words, when }: Telling): Html {
  const [contact] = view.contacts;
  const since = view.eDown ? words.downSince(when(view.eDown.downSince)) : words.openSince(when(view.openedAt));
  return html`<p>${since}</p>
    ${contact !== undefined && html`<p>${words.contact(contact.name, contact.number ?? null)}</p>`}`;
}

/** The address of the page is the secret, and the form goes there: no more is needed, and no cookie. */
function form(standing: Standing, name: string, words: AnswerPageWords): Html {
  const as = html`<p class="as">${words.answeringAs(name)}</p>`;
  switch (standing.is) {
    case 'ASKED':
      return html`${as}
        <form method="post">
          <button class="have" name="answer" value="have">${words.have}</button>
          <button name="answer" value="cannot">${words.cannot}</button>
          <p class="hint">${words.cannotMeans}</p>
        </form>`;
    case 'YOURS':
      return html`${as}${
        standing.wanted.length > 0 &&
        html`<form method="post"><button name="answer" value="cannot">${words.cannotAnyMore}</button></form>`
      }`;
    case 'TAKEN':
    case 'OVER':
      return as;
    default:
      return standing satisfies never;
  }
}

/** A number that a telephone calls by itself. */
function call({ words, hotline }: Pick<Telling, 'words' | 'hotline'>): Html {
  const digits = hotline.replace(/[^+\d]/g, '');
  return html`<a href="tel:${digits}">${words.callBack(hotline)}</a>`;
}

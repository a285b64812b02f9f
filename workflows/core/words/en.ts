/** The catalogue in English: what workflows, callers and the shell read. */
import type { Refusal } from '../language/refusal';
import { codes } from './en/codes';
import { events } from './en/events';
import * as labels from './en/labels';
import { details, dues, notes, problems, wanted } from './en/messages';
import { needs } from './en/needs';
import { pages } from './en/pages';
import { prose } from './en/prose';
import { views } from './en/views';
import { word } from './en/word';
import { spoken, type RefusalInWords } from './spoken';

export const en = spoken({
  prose,
  codes,
  wanted,
  problems,
  details,
  notes,
  dues,
  events,
  needs,
  pages,
  word,
  views,
  ends: labels.ends,
  attentions: labels.attentions,
  severities: labels.severities,
  levels: labels.levels,
  emergencies: labels.emergencies,
  categories: labels.categories,
  questions: labels.questions,
  attested: labels.attested,
  purposes: labels.purposes,
  wordStates: labels.wordStates,
  wordHeadlines: labels.wordHeadlines,
  audiences: labels.audiences,
  clocks: labels.clocks,
  routes: labels.routes,
  passedOver: labels.passedOverWhy,
  failures: labels.failures,
  endedHow: labels.endedHow,
  unreached: labels.unreached,
  notWaitedFor: labels.notWaitedFor,
  roles: labels.roles,
  statuses: labels.statuses,
  reasons: labels.reasons,
  sprStatuses: labels.sprStatuses,
  contactWays: labels.contactWays,
  actionKinds: labels.actionKinds,
  means: labels.means,
  emergencyEnds: labels.emergencyEnds,
  verdicts: labels.verdicts,
  handOverEnds: labels.handOverEnds,
  delays: labels.delays,
  settled: labels.settled,
});

export const refusalInWords = (refusal: Refusal): RefusalInWords => en.refusal(refusal);
export type { RefusalInWords };

/** The catalogue in Simplified Chinese. Pages read it, workflows never do: it is no part of their bundle. */
import { spoken } from './spoken';
import { codes } from './zh/codes';
import { events } from './zh/events';
import * as labels from './zh/labels';
import { details, dues, notes, problems, wanted } from './zh/messages';
import { needs } from './zh/needs';
import { pages } from './zh/pages';
import { prose } from './zh/prose';
import { views } from './zh/views';
import { word } from './zh/word';

export const zh = spoken({
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

/** Events that only move pages about: left out where there is room for a few only. The timeline has them. */
import type { CaseEvent, EventType } from './events';
import type { FailureReason } from './reach';

const QUIET: readonly EventType[] = [
  'NeedOpened',
  'NeedChanged',
  'NeedEnded',
  'SearchPaused',
  'SearchResumed',
  'PageRequested',
  'PageMerged',
  'PageDelayed',
  'PageDelivered',
  'PageSettled',
  'PersonRecognised',
  'ContactSeen',
];

/** No page was lost: there is nobody more of this kind, they know it already, or a newer one goes in its place. */
const NO_LOSS: readonly FailureReason[] = ['NO_PERSON', 'KNOWS_ALREADY', 'CANCELLED'];

/** A search that goes on, where another event of the same moment says who did not come, or who could not be asked. */
const isSaidOtherwise = (event: CaseEvent): boolean =>
  (event.type === 'PageUnanswered' && (event.data.need === 'M1' || event.data.need === 'M2')) ||
  (event.type === 'SearchRestarted' && event.data.before === undefined) ||
  (event.type === 'PageFailed' && NO_LOSS.includes(event.data.reason) && event.data.passedOver.length === 0);

export const isQuiet = (event: CaseEvent): boolean => QUIET.includes(event.type) || isSaidOtherwise(event);

/** How pages fare. Who answers one, or cannot, is somebody's act; that nobody was reached is what happened. */
const TRAFFIC: readonly EventType[] = [
  ...QUIET,
  'EmergencyAlerted',
  'PageSent',
  'PageFailed',
  'PageUndelivered',
  'PageDeferred',
  'PageUnanswered',
  'SearchRestarted',
  'ManagerUnreachable',
];

export const isPageTraffic = ({ type }: CaseEvent): boolean => TRAFFIC.includes(type);

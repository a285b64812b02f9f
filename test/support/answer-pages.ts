/** The states in which the page of a link may be, each of a real case: for axe, and for whoever looks at pictures of them. */
import { answerUrl } from '../../activities/answer-links';
import type { Contact } from '../../workflows/core/language/opening';
import { call, LINK_KEYS, type Served } from './gateway';

export interface AnswerPageState {
  readonly name: string;
  readonly link: string;
  readonly heading: RegExp;
}

export async function answerPageStates(served: Served): Promise<AnswerPageState[]> {
  const title = 'MES cannot reach the file vault; no line can start';
  const contacts = [{ name: 'Pat Lund', reach: 'ON_SITE', number: '+1 555 0199' }] as const;
  const escalated = async (caseNumber: string): Promise<void> => {
    await served.open(caseNumber, { title, contacts: [...contacts] });
    await served.tocsin.update(caseNumber, 'escalate', { by: 'maria', role: 'CUSTOMER' });
  };
  const answer = async (link: string, answered: 'have' | 'cannot'): Promise<void> => {
    const { origin, pathname } = new URL(link);
    await call(origin, pathname, { json: { answer: answered } });
  };

  await escalated('C5000001');
  const asked = await served.linkTo('mgr-ana', 'C5000001');

  await escalated('C5000002');
  const yours = await served.linkTo('mgr-ana', 'C5000002');
  await answer(yours, 'have');

  await escalated('C5000003');
  const late = await served.linkTo('mgr-ana', 'C5000003');
  await answer(late, 'cannot');
  await served.linkTo('mgr-ben', 'C5000003');

  await escalated('C5000004');
  const taken = await served.linkTo('mgr-ana', 'C5000004');
  await answer(taken, 'cannot');
  await answer(await served.linkTo('mgr-ben', 'C5000004'), 'have');

  await served.open('C5000005', { title, contacts: [...contacts] });
  await goDown(served, 'C5000005', contacts[0]);
  const emergency = await served.linkTo('eng-kim', 'C5000005');

  await served.open('C5000006', {
    title: '制造系统无法访问文件库，所有产线停线',
    engineer: 'eng-wei',
    contacts: [...contacts],
  });
  const chinese = await served.linkTo('eng-wei', 'C5000006');
  await served.open('C5000007', {
    title: '制造系统无法访问文件库，所有产线停线',
    engineer: 'eng-wei',
    contacts: [...contacts],
  });
  const chineseYours = await served.linkTo('eng-wei', 'C5000007');
  await answer(chineseYours, 'have');

  const week = 8 * 24 * 3_600_000;
  const expired = { pageId: 'C5000001-77', person: 'eng-kim', orderedAt: Date.now() - week };
  return [
    { name: 'asked', link: asked, heading: /Please take the escalation/ },
    { name: 'yours', link: yours, heading: /^You have had it since/ },
    { name: 'late', link: late, heading: /Please take the escalation/ },
    { name: 'taken', link: taken, heading: /^Ben Okafor has had it since/ },
    { name: 'emergency', link: emergency, heading: /^Production is down/ },
    { name: 'chinese', link: chinese, heading: /^此案例由您负责，请接手。/ },
    { name: 'chinese-yours', link: chineseYours, heading: /^您已于.*接手。/ },
    { name: 'expired', link: answerUrl(served.url, LINK_KEYS, expired), heading: /has expired/ },
    { name: 'not-valid', link: `${served.url}/p/nonsense`, heading: /is not valid/ },
  ];
}

async function goDown(served: Served, caseNumber: string, contact: Contact): Promise<void> {
  await served.tocsin.update(caseNumber, 'changeSeverity', {
    by: 'maria',
    role: 'CUSTOMER',
    severity: 0,
    eDown: eDownAnswers(contact),
  });
}

/** Everything that is asked before an E-Down (R21-R26). */
export const eDownAnswers = (contact: Contact) => ({
  category: 'MOST_USERS_NO_ACCESS' as const,
  totalUsers: 400,
  affectedUsers: 380,
  actionsTaken: 'Restarted the server twice.',
  contactChanges: 'none' as const,
  downForMinutes: 40,
  allProductionStopped: true,
  confirmGenuine: true as const,
  technicalContact: { ...contact, english: true, knowsSoftware: true, knowsEnvironment: true },
});

/**
 * R25, R28-R30, B5 from outside: while an emergency lasts it has a contact whom somebody can reach, and progress that
 * somebody looks after. Silence and stalls are told to people, and end nothing: only people do.
 */
import { Company, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

const quinn = { name: 'quinn', reach: 'PAGER', number: '+1 555 0122', english: true, knowsSoftware: true, knowsEnvironment: true };
/** No alert in sight but the first, and lee, kim and eve have answered. */
async function declared({ severity = {}, ...eDown }: { severity?: object; [key: string]: unknown }, contactChanges: 'none' | object[] = 'none'): Promise<LiveCase> {
  const live = await company.open({}, { severities: { '0': severity }, eDown: { alertEvery: '1h', ...eDown }, escalation: { retryFor: '1s' } });
  live.picksUp('lee', 'E_DOWN_STARTED').picksUp('kim', 'E_DOWN_ALERT');
  await live.update('changeSeverity', 'maria', { severity: 0, eDown: { ...completeAnswers(), contactChanges } });
  await Promise.all([live.ring('lee', 'E_DOWN_STARTED'), live.ring('kim', 'E_DOWN_ALERT'), live.ring('eve', 'E_DOWN_STARTED')]);
  return live;
}

const STARTED = { 'lee E_DOWN_STARTED': 1, 'kim E_DOWN_ALERT': 1, 'eve E_DOWN_STARTED': 1 };
const ENDED = { 'lee E_DOWN_ENDED': 1, 'kim E_DOWN_ENDED': 1, 'eve E_DOWN_ENDED': 1 };
/** Which contacts were rung for it, and at which number. */
const contacts = (live: LiveCase, purpose: string): string[] => live.rings.filter((ring) => ring.phone === 'contacts' && ring.purpose === purpose).map(({ person, contact }) => `${person} ${contact?.number ?? 'on site'}`);

/** Over, by the word of this contact; everybody here has been told so. */
async function over(live: LiveCase, by: string, ...told: string[]): Promise<void> {
  await live.update('confirmWorkableSystem', by);
  await Promise.all(['lee', 'kim', 'eve', ...told].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));
  await live.atRest();
}

test('R30 a contact is swapped in one update: the new one is asked at their own number, and the old one never again', async () => {
  // Given a contact who gives no sign
  const live = await declared({ contactCheck: { first: '300ms', second: '20s', proposeLowering: '1h' } });
  await live.ring('contacts', 'CONTACT_CHECK');

  // When they go without anybody in their place, or for somebody who cannot help
  expect(await live.refused('updateContacts', 'maria', { remove: ['pat'] })).toMatchObject({ type: 'LAST_CONTACT' });
  expect(await live.refused('updateContacts', 'maria', { replace: [{ name: 'pat', with: { ...quinn, english: false } }] })).toMatchObject({ type: 'CONTACT_NOT_QUALIFIED' });
  expect(await live.refused('updateContacts', 'maria', { replace: [{ name: 'pat', with: { ...quinn, number: undefined } }] })).toMatchObject({ type: 'INVALID_CONTACT' });
  // And when quinn takes over
  await live.update('updateContacts', 'maria', { replace: [{ name: 'pat', with: quinn }] });
  await live.ring('contacts', 'CONTACT_CHECK', 2);
  await over(live, 'quinn', 'contacts');

  // Then
  expect(contacts(live, 'CONTACT_CHECK')).toEqual(['pat +1 555 0199', 'quinn +1 555 0122']);
  expect(contacts(live, 'E_DOWN_ENDED')).toEqual(['quinn +1 555 0122']);
  expect(live.rang()).toEqual({ ...STARTED, ...ENDED, 'contacts CONTACT_CHECK': 2, 'contacts E_DOWN_ENDED': 1 });
});

test('B5 with no sign of any contact the second one and the manager are asked, lowering is proposed, and nothing is lowered', async () => {
  // Given two contacts, and managers of whom the first does not answer
  const live = await declared({ contactCheck: { first: '300ms', second: '600ms', proposeLowering: '2s' }, severity: { managerAck: '1s' } }, [quinn]);
  live.picksUp('ben', 'CONTACT_CHECK');

  // When nobody gives a sign
  await live.ring('ben', 'CONTACT_CHECK', 2);
  await live.atRest();

  // Then all are asked, and the emergency goes on, and is not green
  expect(contacts(live, 'CONTACT_CHECK').slice(0, 2)).toEqual(['pat +1 555 0199', 'quinn +1 555 0122']);
  expect(live.rings.filter(({ phone, purpose }) => phone === 'ben' && purpose === 'CONTACT_CHECK').map(({ text }) => /gives no sign|Proposal/.exec(text)?.[0])).toEqual(['gives no sign', 'Proposal']);
  expect(await live.view()).toMatchObject({ severity: 0, emergency: 'ACTIVE', attention: ['CONTACT_UNAVAILABLE'] });

  // And who was asked in vain is told when one of them is there after all
  await live.update('acknowledge', 'quinn', { pageId: live.rings.find(({ person }) => person === 'quinn')?.pageId });
  await live.until((events) => events.some(({ type }) => type === 'ContactRestored'));
  await over(live, 'quinn', 'ana', 'ben', 'contacts');
  expect(live.rings.some(({ phone, text }) => phone === 'ana' && text.includes('gives a sign again (quinn)'))).toBe(true);
  expect(Object.keys(live.rang()).sort()).toEqual(
    [...Object.keys({ ...STARTED, ...ENDED }), 'contacts CONTACT_CHECK', 'contacts E_DOWN_ENDED', 'ana CONTACT_CHECK', 'ana ESCALATION_INFO', 'ana E_DOWN_ENDED', 'ben CONTACT_CHECK', 'ben E_DOWN_ENDED'].sort(),
  );
});

test('B5 a contact whose line is dead is no contact: the next one is asked, then the engineer, then their manager', async () => {
  const live = await declared({ contactCheck: { first: '300ms', second: '1h', proposeLowering: '2h' }, severity: { engineerAck: '1s' } }, [quinn]);
  live.phone('contacts', () => ({ status: 404 }));
  const ana = await live.ring('ana', 'CONTACT_CHECK');
  await live.atRest();
  expect(contacts(live, 'CONTACT_CHECK')).toEqual(['pat +1 555 0199', 'quinn +1 555 0122']);
  expect(live.rang()).toEqual({ ...STARTED, 'contacts CONTACT_CHECK': 2, 'lee CONTACT_CHECK': 1, 'ana CONTACT_CHECK': 1 });
  expect(ana.text).toContain('The contact could not be paged.');
  expect((await live.view()).attention).toEqual(['UNACKNOWLEDGED']);
});

test('R25 a new number while the old one is dead: the contact is asked there, and nobody is woken because they could not be', async () => {
  // Given a contact whose pager does not work
  const live = await declared({ contactCheck: { first: '300ms', second: '20s', proposeLowering: '1h' } });
  live.phone('contacts', (_nth, { body }) => ({ status: body.includes('0199') ? 503 : 200 }));
  await live.ring('contacts', 'CONTACT_CHECK');

  // When they have another one, while the first is being tried
  await live.update('updateContacts', 'maria', { replace: [{ name: 'pat', with: { ...quinn, name: 'pat' } }] });
  await live.until((events) => events.some((event) => event.type === 'PageSent' && event.data.person === 'pat'));
  await live.atRest();

  // Then they are rung there, once
  expect(new Set(contacts(live, 'CONTACT_CHECK'))).toEqual(new Set(['pat +1 555 0199', 'pat +1 555 0122']));
  expect(contacts(live, 'CONTACT_CHECK').filter((rung) => rung.endsWith('0122'))).toHaveLength(1);
  expect(live.rang()).toEqual({ ...STARTED, 'contacts CONTACT_CHECK': contacts(live, 'CONTACT_CHECK').length });
});

test('R29 a stall goes to the manager and ends nothing; a step-down on progress does, and everybody who was woken is told', async () => {
  // Given work on which nothing moves
  const live = await declared({ severity: { progressStall: '1s' } });
  live.picksUp('ana', 'PROGRESS_STALLED');
  await live.ring('ana', 'PROGRESS_STALLED');
  expect(await live.refused('stepDown', 'lee', { reason: 'Enough.', customerAgreed: true })).toMatchObject({ type: 'STEP_DOWN_NOT_JUSTIFIED' });
  await live.atRest();
  expect(await live.view()).toMatchObject({ emergency: 'ACTIVE', attention: ['PROGRESS_STALLED'] });

  // When there is progress, and the customer agrees
  await live.update('recordProgress', 'lee', { summary: 'A fix is in test.', substantive: true });
  expect(await live.refused('stepDown', 'lee', { reason: 'By day from now on.', customerAgreed: false })).toMatchObject({ type: 'CUSTOMER_AGREEMENT_REQUIRED' });
  expect(await live.update('stepDown', 'lee', { reason: 'By day from now on.', customerAgreed: true })).toMatchObject({ severity: 0, emergency: 'STEPPED_DOWN' });
  await Promise.all(['lee', 'kim', 'eve', 'ana'].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));

  // Then nothing rings any more, as long as another one takes to stall
  const other = await declared({ severity: { progressStall: '1s' } });
  await other.ring('ana', 'PROGRESS_STALLED');
  await live.atRest();
  expect(live.rang()).toEqual({ ...STARTED, ...ENDED, 'ana PROGRESS_STALLED': 1, 'ana E_DOWN_ENDED': 1 });
  expect((await live.view()).attention).toEqual([]);
});

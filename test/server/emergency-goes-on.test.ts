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

const quinn = {
  name: 'quinn',
  reach: 'PAGER',
  number: '+1 555 0122',
  english: true,
  knowsSoftware: true,
  knowsEnvironment: true,
};
/** Declared by lee for whoever called; no alert in sight but the first, and kim has answered that. */
async function declared(
  { severity = {}, contactCheck = {} }: { severity?: object; contactCheck?: object },
  contactChanges: 'none' | object[] = 'none',
): Promise<LiveCase> {
  const live = await company.open(
    {},
    {
      severities: { '0': severity },
      eDown: { alertEvery: '1h', contactCheck },
      escalation: { retryFor: '1s' },
    },
  );
  live.picksUp('kim', 'E_DOWN_ALERT');
  await live.update('changeSeverity', 'lee', {
    severity: 0,
    eDown: { ...completeAnswers(), contactChanges },
    channel: 'PHONE',
    requestedBy: 'maria',
  });
  await Promise.all([
    live.ring('lee', 'E_DOWN_STARTED'),
    live.ring('kim', 'E_DOWN_ALERT'),
    live.ring('eve', 'E_DOWN_STARTED'),
  ]);
  return live;
}

const STARTED = { 'lee E_DOWN_STARTED (word)': 1, 'kim E_DOWN_ALERT': 1, 'eve E_DOWN_STARTED (word)': 1 };
/** The engineer hears of the end in the message that asks what becomes of severity 0 (H9). */
const ENDED = { 'lee SEVERITY_ZERO_IDLE (quietly)': 1, 'kim E_DOWN_ENDED (word)': 1, 'eve E_DOWN_ENDED (word)': 1 };
/** Which contacts were rung for it, and at which number. */
const contacts = (live: LiveCase, purpose: string): string[] =>
  live.rings
    .filter((ring) => ring.phone === 'contacts' && ring.purpose === purpose && (ring.urgent || ring.asks.length === 0))
    .map(({ person, contact }) => `${person} ${contact?.number ?? 'on site'}`);

/** Over, by the word of this contact; everybody here has been told so. */
async function over(live: LiveCase, by: string, ...told: string[]): Promise<void> {
  await live.update('confirmWorkableSystem', by);
  await Promise.all(['kim', 'eve', ...told].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));
  await live.ring('lee', 'SEVERITY_ZERO_IDLE');
  await live.atRest();
}

test('R30 a contact is swapped in one update: the new one is asked at their own number, and the old one never again', async () => {
  // Given a contact who gives no sign
  const live = await declared({
    contactCheck: { idle: '300ms', first: '300ms', second: '20s', proposeLowering: '1h' },
  });
  await live.ring('contacts', 'CONTACT_CHECK');

  // When they go without anybody in their place, or for somebody who cannot help
  expect(await live.refused('updateContacts', 'maria', { remove: ['pat'] })).toMatchObject({ type: 'LAST_CONTACT' });
  expect(
    await live.refused('updateContacts', 'maria', { replace: [{ name: 'pat', with: { ...quinn, english: false } }] }),
  ).toMatchObject({ type: 'CONTACT_NOT_QUALIFIED' });
  expect(
    await live.refused('updateContacts', 'maria', {
      replace: [{ name: 'pat', with: { ...quinn, number: undefined } }],
    }),
  ).toMatchObject({ type: 'INVALID_CONTACT' });
  // And when quinn takes over
  await live.update('updateContacts', 'maria', { replace: [{ name: 'pat', with: quinn }] });
  await live.ring('contacts', 'CONTACT_CHECK', 2);
  await live.atRest();
  await over(live, 'quinn');

  // Then
  expect(contacts(live, 'CONTACT_CHECK')).toEqual(['pat +1 555 0199', 'quinn +1 555 0122']);
  // Whoever has said that it works knows it.
  expect(contacts(live, 'E_DOWN_ENDED')).toEqual([]);
  // Whoever was asked before hears, as word, that they are not asked any more.
  expect(contacts(live, 'ESCALATION_INFO')).toEqual(['pat +1 555 0199']);
  expect(live.rang()).toEqual({
    ...STARTED,
    ...ENDED,
    'contacts CONTACT_CHECK': 2,
    'contacts ESCALATION_INFO (word)': 1,
  });
});

test('B5 with no sign of any contact the second one and the manager are asked, lowering is proposed, and nothing is lowered', async () => {
  // Given two contacts, and managers of whom the first does not answer
  const live = await declared(
    {
      contactCheck: { idle: '300ms', first: '300ms', second: '600ms', proposeLowering: '2s' },
      severity: { managerAck: '1s' },
    },
    [quinn],
  );
  live.picksUp('ben', 'CONTACT_CHECK');

  // When nobody gives a sign
  await live.ring('ben', 'CONTACT_CHECK', 2);
  await live.atRest();

  // Then all are asked, and the emergency goes on, and is not green
  expect(contacts(live, 'CONTACT_CHECK').slice(0, 2)).toEqual(['pat +1 555 0199', 'quinn +1 555 0122']);
  expect(
    live.rings
      .filter(({ phone, purpose }) => phone === 'ben' && purpose === 'CONTACT_CHECK')
      .map(({ text }) => /has been silent|lowering the severity is proposed/.exec(text)?.[0]),
  ).toEqual(['has been silent', 'lowering the severity is proposed']);
  expect(await live.view()).toMatchObject({
    severity: 0,
    emergency: 'ACTIVE',
    attention: ['UNACKNOWLEDGED', 'CONTACT_UNAVAILABLE'],
  });

  // And who was asked in vain is told when one of them is there after all
  await live.update('acknowledge', 'quinn', { pageId: live.rings.find(({ person }) => person === 'quinn')?.pageId });
  await live.until((events) => events.some(({ type }) => type === 'ContactRestored'));
  await over(live, 'quinn', 'ana', 'ben');
  expect(live.rings.some(({ phone, text }) => phone === 'ana' && text.includes('is back in touch: quinn'))).toBe(true);
  // Nobody else has heard of any of it.
  const phones = new Set(Object.keys(live.rang()).map((came) => came.split(' ')[0]));
  expect([...phones].sort()).toEqual(['ana', 'ben', 'contacts', 'eve', 'kim', 'lee']);
});

test('B5 a contact whose line is dead is no contact: the next one is asked, then the engineer, then their manager', async () => {
  const live = await declared(
    {
      contactCheck: { idle: '300ms', first: '300ms', second: '1h', proposeLowering: '2h' },
      severity: { engineerAck: '1s' },
    },
    [quinn],
  );
  live.phone('contacts', () => ({ status: 404 }));
  const ana = await live.ring('ana', 'CONTACT_CHECK');
  await live.atRest();
  expect(contacts(live, 'CONTACT_CHECK')).toEqual(['pat +1 555 0199', 'quinn +1 555 0122']);
  expect(live.rang()).toEqual({
    ...STARTED,
    'contacts CONTACT_CHECK': 2,
    'lee CONTACT_CHECK': 1,
    // That the second one cannot be paged either.
    'lee CONTACT_CHECK (quietly)': 1,
    'ana CONTACT_CHECK': 1,
  });
  expect(ana.text).toContain('quinn cannot be paged (technical contact).');
  expect((await live.view()).attention).toEqual(['UNACKNOWLEDGED']);
});

test('R25 a new number while the old one is dead: the contact is asked there, and nobody is woken because they could not be', async () => {
  // Given a contact whose pager does not work
  const live = await declared({
    contactCheck: { idle: '300ms', first: '300ms', second: '20s', proposeLowering: '1h' },
  });
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
  const live = await declared({ severity: { progressStall: '2s' } });
  await live.ring('ana', 'PROGRESS_STALLED');
  expect(await live.refused('stepDown', 'lee', { reason: 'Enough.', customerAgreed: true })).toMatchObject({
    type: 'STEP_DOWN_NOT_JUSTIFIED',
  });
  await live.atRest();
  expect(await live.view()).toMatchObject({ emergency: 'ACTIVE', attention: ['UNACKNOWLEDGED', 'PROGRESS_STALLED'] });

  // When there is progress, and the customer agrees
  await live.update('recordProgress', 'lee', { summary: 'A fix is in test.', substantive: true });
  expect(await live.refused('stepDown', 'lee', { reason: 'By day from now on.', customerAgreed: false })).toMatchObject(
    { type: 'CUSTOMER_AGREEMENT_REQUIRED' },
  );
  expect(await live.update('stepDown', 'lee', { reason: 'By day from now on.', customerAgreed: true })).toMatchObject({
    severity: 0,
    emergency: 'STEPPED_DOWN',
  });
  // Whoever did it knows it.
  await Promise.all(['kim', 'eve', 'ana'].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));
  const atTheEnd = live.rings.length;

  // Then nothing rings any more, as long as another one takes to stall
  const other = await declared({ severity: { progressStall: '2s' } });
  await other.ring('ana', 'PROGRESS_STALLED');
  await live.atRest();
  expect(live.rings).toHaveLength(atTheEnd);
  expect(live.rang()).toEqual({
    ...STARTED,
    'ana PROGRESS_STALLED': 1,
    'ana ESCALATION_INFO (word)': 1,
    'kim E_DOWN_ENDED (word)': 1,
    'eve E_DOWN_ENDED (word)': 1,
    'ana E_DOWN_ENDED (word)': 1,
  });
  expect((await live.view()).attention).toEqual([]);
});

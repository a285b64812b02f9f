/**
 * B4, R47, B13 from outside: what was promised to a customer falls due at somebody's phone, and climbs until somebody
 * answers; it is asked for once however often it falls due meanwhile, and when it is kept nobody is asked any more.
 */
import { Company, type LiveCase } from '../support/company';
import { completeAnswers } from '../support/story';

let company: Company;
beforeAll(async () => {
  company = await Company.start();
});
afterEach(() => company.endCases());
afterAll(() => company.stop());

const called = { how: 'PHONE', outcome: 'REACHED', summary: 'Called Maria.' };

describe('the update to the customer of an emergency', () => {
  const STARTED = { 'lee E_DOWN_STARTED (word)': 1, 'eve E_DOWN_STARTED (word)': 1, 'kim E_DOWN_ALERT': 1 };

  /** Declared by lee for whoever called, and kim works on it; the next update is due soon. */
  async function declared(severity: object): Promise<LiveCase> {
    const live = await company.open(
      {},
      { severities: { '0': { customerUpdate: '1s', ...severity } }, eDown: { alertEvery: '1h' } },
    );
    live.picksUp('kim', 'E_DOWN_ALERT');
    await live.update('changeSeverity', 'lee', {
      severity: 0,
      eDown: completeAnswers(),
      channel: 'PHONE',
      requestedBy: 'maria',
    });
    await Promise.all([
      live.ring('lee', 'E_DOWN_STARTED'),
      live.ring('eve', 'E_DOWN_STARTED'),
      live.ring('kim', 'E_DOWN_ALERT'),
    ]);
    return live;
  }

  test('overdue, it goes to the engineer, then to the manager, once each; and is not green until the customer has it', async () => {
    // Given an update that nobody gives, and an engineer who does not answer
    const live = await declared({ customerUpdate: '1500ms', engineerAck: '1s', managerAck: '1h' });
    await live.ring('lee', 'PROMISE_OVERDUE');
    expect((await live.view()).attention).toEqual(expect.arrayContaining(['UNACKNOWLEDGED', 'UPDATE_OVERDUE']));

    // When the manager answers, and has not called by the time it falls due again
    const ana = await live.ring('ana', 'PROMISE_OVERDUE');
    await live.acknowledge(ana);
    await live.ring('lee', 'ESCALATION_INFO');
    await live.until((events) => events.filter(({ type }) => type === 'CustomerUpdateOverdue').length >= 2);

    // Then it is asked for anew, from the engineer up, and whoever had it hears so; an attempt at the phone is no update
    await live.ring('lee', 'PROMISE_OVERDUE', 2);
    await live.until((events) => events.some(({ type }) => type === 'SearchRestarted'));
    await live.update('recordCustomerContact', 'ana', { ...called, outcome: 'NO_ANSWER' });
    expect((await live.view()).attention).toContain('UPDATE_OVERDUE');
    await live.update('recordCustomerContact', 'ana', called);
    expect((await live.view()).attention).toEqual([]);

    // And the next one that is not given begins with the engineer again
    const again = await live.ring('lee', 'PROMISE_OVERDUE', 2);
    expect(again.id).not.toBe(live.rings.find(({ purpose }) => purpose === 'PROMISE_OVERDUE')?.id);
  });

  test('H8 with an engineer whose line is dead it is the manager’s at once, and owed still when the severity is lowered', async () => {
    // Given
    const live = await declared({ engineerAck: '1h', managerAck: '3s' });
    live.phone('lee', () => ({ status: 404 }));
    await live.ring('ana', 'PROMISE_OVERDUE');
    await live.atRest();

    // When the emergency is over before she answers
    await live
      .phone('lee', () => ({}))
      .update('changeSeverity', 'maria', { severity: 1, reason: 'A way around is in place.' });
    await Promise.all(['eve', 'kim'].map((phone) => live.ring(phone, 'E_DOWN_ENDED')));
    await live.ring('lee', 'SEVERITY_CHANGED');
    await live.atRest();

    // Then what was promised is owed still (H8), and nobody is asked for it once the customer has been called
    expect((await live.view()).attention).toContain('UPDATE_OVERDUE');
    await live.update('recordCustomerContact', 'ana', called);
    expect((await live.view()).attention).not.toContain('UPDATE_OVERDUE');
    const other = await declared({ engineerAck: '1h', managerAck: '3s' });
    other.phone('lee', () => ({ status: 404 }));
    await other.ring('ben', 'PROMISE_OVERDUE');
    await live.atRest();
    expect(live.asked('PROMISE_OVERDUE')).toEqual(['lee', 'ana']);
    expect(
      Object.keys(live.rang())
        .filter((came) => !/^(lee|ana) /.test(came))
        .sort(),
    ).toEqual(['eve E_DOWN_ENDED (word)', 'eve E_DOWN_STARTED (word)', 'kim E_DOWN_ALERT', 'kim E_DOWN_ENDED (word)']);
  });

  test('a promise to the customer that is sooner than the policy’s falls due when it was promised', async () => {
    const live = await declared({ customerUpdate: '1h' });
    await live.update('recordCustomerContact', 'lee', {
      ...called,
      nextUpdateBy: new Date(Date.now() + 1_000).toISOString(),
    });
    await live.ring('lee', 'PROMISE_OVERDUE');
    await live.atRest();
    expect(live.rang()).toEqual({ ...STARTED, 'lee PROMISE_OVERDUE': 1 });
  });
});

describe('an SPR', () => {
  const said = (live: LiveCase): string[] =>
    live.rings.filter(({ phone }) => phone === 'contacts').map(({ text }) => /SPR\d+ \w+/.exec(text)?.[0] ?? text);

  /** At M1 with ana, an SPR linked, the contact told. */
  async function linked(managerAck: string): Promise<LiveCase> {
    const live = await company.open(
      { severity: 1, contacts: [{ name: 'pat', reach: 'ON_SITE' }] },
      { severities: { '1': { managerAck } } },
    );
    await live.update('linkSpr', 'lee', { sprNumber: 'SPR123456' });
    await live.update('escalate', 'maria');
    const [ana] = await Promise.all([live.ring('ana', 'ESCALATED_M1'), live.ring('contacts', 'SPR_UPDATED')]);
    await live.atRest();
    await live.acknowledge(ana);
    return live;
  }
  const spr = { sprNumber: 'SPR123456', reason: 'Needs a fix.' };

  test('R47 escalated, development is asked, then the duty managers, until somebody takes it; twice is the same', async () => {
    // Given
    const live = await linked('1s');
    expect(await live.refused('escalateSpr', 'lee', spr)).toMatchObject({ type: 'NOT_ESCALATION_OWNER' });
    expect(await live.refused('escalateSpr', 'ana', { ...spr, sprNumber: 'SPR999999' })).toMatchObject({
      type: 'NO_LINKED_SPR',
    });

    // When it is escalated, and rita of development does not answer
    await live.update('escalateSpr', 'ana', spr);
    expect(await live.update('escalateSpr', 'ana', spr)).toMatchObject({
      events: [],
      notes: ['SPR123456 is already escalated to development.'],
    });
    await live.acknowledge(await live.ring('dirk', 'SPR_ESCALATED'));
    await Promise.all(['rita', 'dora'].map((phone) => live.ring(phone, 'ESCALATION_INFO')));
    await live.atRest();

    // Then each was asked once, and hears who has it
    const asked = live.rings.filter(({ purpose }) => purpose === 'SPR_ESCALATED').map(({ phone }) => phone);
    expect(asked).toEqual(['rita', 'dora', 'dirk']);
    expect(live.rang()).toEqual({
      'ana ESCALATED_M1': 1,
      'contacts SPR_UPDATED (word)': 2,
      // Outside an emergency nobody's night is worth it (D17).
      'rita SPR_ESCALATED (quietly)': 1,
      'dora SPR_ESCALATED (quietly)': 1,
      'dirk SPR_ESCALATED (quietly)': 1,
      'rita ESCALATION_INFO (word)': 1,
      'dora ESCALATION_INFO (word)': 1,
    });
    expect((await live.view()).attention).toEqual([]);
  });

  test('B13 the customer hears of each step, and development is asked no more once it is resolved', async () => {
    // Given an escalated SPR that development has not taken yet
    const live = await linked('3s');
    await live.update('escalateSpr', 'ana', spr);
    await live.ring('rita', 'SPR_ESCALATED');
    expect((await live.view()).attention).toEqual(['UNACKNOWLEDGED']);

    // When it is submitted, and resolved
    await live.signal('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'SUBMITTED' });
    await live.ring('contacts', 'SPR_UPDATED', 3);
    await live.signal('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'RESOLVED' });
    await live.signal('recordSprStatus', 'crm', { sprNumber: 'SPR123456', status: 'RESOLVED' });
    await live.ring('contacts', 'SPR_UPDATED', 4);

    // Then nobody else is asked, as long as another one takes to get to the next
    const other = await linked('3s');
    await other.update('escalateSpr', 'ana', spr);
    await other.ring('dora', 'SPR_ESCALATED');
    await live.atRest();
    expect(said(live)).toEqual([
      'SPR123456 linked',
      'SPR123456 escalated',
      'SPR123456 submitted',
      'SPR123456 resolved',
    ]);
    expect(live.rang()).toEqual({
      'ana ESCALATED_M1': 1,
      'contacts SPR_UPDATED (word)': 4,
      'rita SPR_ESCALATED (quietly)': 1,
      'rita ESCALATION_INFO (word)': 1,
    });
    expect((await live.view()).attention).toEqual([]);
  });
});

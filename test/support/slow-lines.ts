/** An emergency that nobody answers, on lines that take a while to say yes. */
import { Phones } from './org';
import { HOUR, MINUTE, policy, START } from './cases';
import { Simulation, type Network } from './simulation';
import { openingOf } from './skipping';
import { completeAnswers } from './story';

export function alertsOn({ afterMs, hours }: { readonly afterMs: number; readonly hours: number }): { number: number; person: string }[] {
  const phones = new Phones();
  phones.set({ onCall: [{ team: 'world', timezone: 'UTC', windows: [], people: ['kim'], overrides: [] }] });
  const network: Network = { page: (order, now) => ({ ...phones.page(order, now), afterMs }) };
  const simulation = new Simulation(openingOf('C1000001'), policy(), network, START);
  simulation.do('changeSeverity', { by: 'maria', role: 'CUSTOMER', severity: 0, eDown: completeAnswers() });
  simulation.pass(hours * HOUR + MINUTE);
  return simulation.sent
    .filter(({ order }) => order.purpose === 'E_DOWN_ALERT')
    .map(({ order, result }) => ({ number: Number(/alert (\d+)/.exec(order.facts.what)?.[1]), person: 'person' in result ? result.person : '' }));
}

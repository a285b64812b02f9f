/** An emergency that nobody answers, on lines that take a while to say yes. */
import type { Mode } from '../../workflows/core/language/reach';
import { HOUR, MINUTE, policy, START } from './cases';
import { Phones } from './org';
import { Simulation, type Network } from './simulation';
import { openingOf } from './skipping';
import { completeAnswers } from './story';

interface Alert {
  /** The number of the alert that the message says, as its reader sees it. */
  readonly number: number | undefined;
  readonly person: string;
  readonly mode: Mode;
}

export function alertsOn({ afterMs, hours }: { readonly afterMs: number; readonly hours: number }): Alert[] {
  const phones = new Phones();
  phones.set({ onCall: [{ team: 'world', timezone: 'UTC', windows: [], people: ['kim'], overrides: [] }] });
  const network: Network = {
    page: (order, now) => ({ ...phones.page(order, now), afterMs }),
    lookUp: (person) => phones.lookUp(person),
  };
  const simulation = new Simulation(openingOf('C1000001'), policy(), network, START);
  simulation.do('changeSeverity', { by: 'maria', role: 'CUSTOMER', severity: 0, eDown: completeAnswers() });
  simulation.pass(hours * HOUR + MINUTE);
  return simulation.messages.flatMap(({ order, result }): Alert[] => {
    if (result.outcome !== 'ACCEPTED' || order.purpose !== 'E_DOWN_ALERT') return [];
    const facts = [...order.asks, ...order.tells].map(({ fact }) => fact);
    const alert = facts.find(({ type }) => type === 'EmergencyAlerted');
    const number = alert?.type === 'EmergencyAlerted' ? alert.data.alert : undefined;
    return [{ number, person: result.person, mode: result.mode }];
  });
}

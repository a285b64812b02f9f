/** A big house: 50 teams round the clock, 500 people, twelve-hour turns since 2006. Of issue size, as a file would have it. */
const TEAMS = 50;
const A_TEAM = 10;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'America/Sao_Paulo'];

const idOf = (team: number, place: number): string => `eng-${team}-${place}`;

/** People and teams for `directoryFrom`; `first` has a place in the first team. */
export function bigRota(first: string): { readonly people: readonly object[]; readonly onCall: readonly object[] } {
  const teams = Array.from({ length: TEAMS }, (_, team) => team);
  const members = (team: number): string[] =>
    Array.from({ length: A_TEAM }, (_, place) => (team === 0 && place === 0 ? first : idOf(team, place)));
  return {
    people: teams
      .flatMap(members)
      .filter((id) => id !== first)
      .map((id) => ({ id, name: id, channels: [{ kind: 'console' }] })),
    onCall: teams.map((team) => ({
      team: `team-${team}`,
      timezone: ZONES[team % ZONES.length],
      windows: 'always',
      people: members(team),
      rotation: { every: '12h', from: '2006-01-02', at: '08:00' },
    })),
  };
}

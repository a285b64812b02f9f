/** Cases that a newer version has carried, met by this one: they wait, and whoever watches this process should know. */

const MOST_NAMED = 10;

export class NewerForms {
  private readonly cases = new Map<string, number>();

  met(caseNumber: string, form: number): void {
    this.cases.set(caseNumber, form);
  }

  /** Another version is current by now: the next try of their task goes there. */
  forgetServed(current: string | null, own: string): void {
    if (current !== own) this.cases.clear();
  }

  sentences(): string[] {
    if (this.cases.size === 0) return [];
    const named = [...this.cases.keys()].slice(0, MOST_NAMED).join(', ');
    const more = this.cases.size > MOST_NAMED ? ` and ${this.cases.size - MOST_NAMED} more` : '';
    const form = Math.max(...this.cases.values());
    return [
      `${named}${more} ${this.cases.size === 1 ? 'was' : 'were'} carried by a newer version (form ${form}) and wait for a worker of it: make that version current again`,
    ];
  }
}

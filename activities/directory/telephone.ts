/** A contact's telephone number, as customers write it and as networks want it: also whoever replies from it is known by it. */

/** As networks want it; a number without its country leads anywhere. */
export function dialable(number: string | undefined): string | undefined {
  const digits = number?.replace(/[\s().-]/g, '').replace(/^00/, '+') ?? '';
  return /^\+\d{7,15}$/.test(digits) ? digits : undefined;
}

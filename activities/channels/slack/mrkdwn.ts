/** Text that strangers wrote, for Slack: no mention, no channel call, no link, no formatting comes of it. */
export const mrkdwn = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Slack has no escape for these: with a space of no width between them they mark nothing.
    .replace(/[*_~`]/g, (mark) => `${mark}\u200b`)
    // Slack makes links of bare addresses too; one in customer text is not for anybody to tap at night.
    .replaceAll('://', ':\u200b//');

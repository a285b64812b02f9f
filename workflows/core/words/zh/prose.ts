/**
 * Small parts of Chinese sentences. Marks are full-width, and nothing stands between Chinese and what others wrote: as in
 * print, and an SMS in Chinese has 70 characters.
 */
import type { Prose } from '../catalogue';

export const list = (names: readonly string[]): string => names.join('、');

/** What people wrote is a sentence, also where they left out its end. */
export const sentence = (text: string): string => (/[.!?…。！？]\s*$/.test(text) ? text : `${text}。`);

/** Where a sentence goes on after it. */
export const withoutEnd = (text: string): string => text.replace(/[.。]\s*$/, '');

export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 2) return `${Math.max(1, Math.round(ms / 1_000))}秒`;
  if (minutes < 120) return `${minutes}分钟`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours}小时` : `${hours}小时${minutes % 60}分钟`;
}

export const late = (ms: number): string => (ms < 1_000 ? '' : `（晚${duration(ms)}）`);

export const among = {
  ACTIONS: '对技术联系人的请求',
  SPRS: 'SPR',
  CONTACTS: '联系人',
} as const;

export const yes = (value: boolean): string => (value ? '是' : '否');

export const prose: Prose = {
  together: (sentences) => sentences.join(''),
  wrong: (fields) => sentence(fields.map(({ field, problem }) => `${field}${problem}`).join('；')),
  alsoWrong: (fields) => `还需更正：${list(fields)}。`,
};

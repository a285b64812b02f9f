/** The version that this copy of Tocsin is: without a bundle being made of it. */
import { existsSync } from 'node:fs';
import { hashOfSources, readBundle, SOURCES } from '../built-bundle';

/** @throws BundleUnusable where only a built bundle is there, and it is damaged */
export const ownBuild = (): string | undefined => (existsSync(SOURCES) ? hashOfSources() : readBundle()?.id);

/** What `tocsin deploy` does on a server; loaded when it is wanted, for it brings a worker's code with it. */
export { move, NoCurrentVersion, type Moved } from './move';
export { promote, NotPromoted } from './promote';
export { routingOf, type Place } from './server';
export { deployStatus, type DeployStatus } from './status';
export { ownBuild } from './own-build';

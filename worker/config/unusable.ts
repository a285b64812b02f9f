/** What is set in the environment, or is the default, cannot be had here: the sentence names the variable to set otherwise. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}

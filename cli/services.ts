/**
 * What runs until it is stopped, as files of the compiler: loaded when it is wanted, left out of the shell's one file, and so no
 * part of the installed package. The build and whoever finds one missing go by this one list.
 */
const SERVICES = /^(worker|gateway|cli\/doors|cli\/commands\/gateway)(\/|$)/;

/** `file` from the root, without its ending. */
export const isService = (file: string): boolean => SERVICES.test(file);

/** For zsh, which has to be told where files are wanted. */
import { offers, walk } from './cases';
import type { Place } from './places';

export const zsh = (places: readonly Place[]): string =>
  [
    '#compdef tocsin',
    '# tocsin completion for zsh: source <(tocsin completion zsh)',
    '_tocsin() {',
    // `words` is what was typed, and `path` the search path: neither may be a name of ours.
    '  local place="" offered="" wants="" word before="${words[CURRENT-1]}"',
    '  [[ ${words[CURRENT]} == --*=* ]] && { before="${words[CURRENT]%%=*}"; compset -P "*=" }',
    '  for word in "${(@)words[2,CURRENT-1]}"; do',
    ...walk(places),
    '  done',
    ...offers(places),
    '  case "$wants" in',
    '    FILE) _files ;;',
    '    AT_FILE) compset -P @; _files ;;',
    '    FREE) ;;',
    '    ALSO_FILE) compadd -- ${=offered}; _files ;;',
    '    *) compadd -- ${=offered} ;;',
    '  esac',
    '}',
    // Found by zsh itself in a folder of `fpath`, this file is the body of the function.
    'if [[ ${funcstack[1]} == _tocsin ]]; then',
    '  _tocsin "$@"',
    'else',
    // A zsh without a .zshrc has no completion yet.
    '  (( $+functions[compdef] )) || { autoload -U compinit && compinit }',
    '  compdef _tocsin tocsin',
    'fi',
  ].join('\n');

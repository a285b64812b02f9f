/** For bash, which completes files by itself where nothing else is offered (`-o default`). */
import { offers, walk } from './cases';
import type { Place } from './places';

export const bash = (places: readonly Place[]): string =>
  [
    '# tocsin completion for bash: source <(tocsin completion bash)',
    '_tocsin() {',
    '  local place="" offered="" wants="" word cur="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
    // bash makes words of their own of `=` and `@`.
    '  case "$cur" in =|@|=@) cur="" ;; *) case "$before" in =|@|=@) before="${COMP_WORDS[COMP_CWORD-2]}" ;; esac ;; esac',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    ...walk(places),
    '  done',
    ...offers(places),
    '  case "$wants" in',
    // What is left out where there is none: bash 3.2, as macOS brings it, then offers files.
    '    FREE) compopt +o default 2>/dev/null; COMPREPLY=() ;;',
    '    AT_FILE) COMPREPLY=($(compgen -P @ -f -- "$cur")) ;;',
    '    *) COMPREPLY=($(compgen -W "$offered" -- "$cur")) ;;',
    '  esac',
    '}',
    'complete -o default -F _tocsin tocsin',
  ].join('\n');

const NODE = '/opt/node/bin/node'
/** Options of Node whose value is the next word, and may well be a file. */
const TAKES =
  '--import|--require|-r|--loader|--experimental-loader|--env-file|--test-reporter|--test-reporter-destination|--conditions|-C|--test-name-pattern'

/**
 * A `node` to stand earlier on the PATH: names our options again where a script replaced NODE_OPTIONS, and leaves
 * `node --test` with the wanted files alone, which no option of Node's can say.
 */
export function shim(options: string, marker: string, files: string[] | null): string {
  return `#!/bin/sh
case "$NODE_OPTIONS" in
*${marker}*) ;;
*) NODE_OPTIONS="${options} $NODE_OPTIONS"; export NODE_OPTIONS ;;
esac
${files === null ? '' : narrowed(files)}exec ${NODE} "$@"
`
}

/** One file is run by itself: a second process that only starts it would take as long again. */
const ALONE = '    --test) continue ;;\n'

/** Takes each word off the front and puts it back behind, but those that name tests. */
const narrowed = (files: string[]): string => `case " $* " in
*" --test "*)
  left=$# before=
  while [ "$left" -gt 0 ]; do
    word=$1; shift; left=$((left - 1)); keep=1
    case $word in
${files.length === 1 ? ALONE : ''}    -*) ;;
    *) case $before in
      ${TAKES}) ;;
      *) case $word in *[*{]*|*.js|*.mjs|*.cjs|*.ts|*.mts|*.cts) keep= ;; *) [ -e "$word" ] && keep= ;; esac ;;
      esac ;;
    esac
    [ -n "$keep" ] && set -- "$@" "$word"
    before=$word
  done
  set -- "$@" ${files.map(quoted).join(' ')}
  ;;
esac
`

/** One word of the shell, whatever the repository calls its files. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

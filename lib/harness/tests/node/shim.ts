const NODE = '/opt/node/bin/node'
/** Options of Node whose value is the next word. */
const TAKES =
  '--import|--require|-r|--loader|--experimental-loader|--env-file|--env-file-if-exists|--conditions|-C|--test-reporter|--test-reporter-destination|--test-name-pattern|--test-skip-pattern|--test-concurrency|--test-timeout|--test-global-setup|--test-isolation|--test-shard'
/** Options that stand by themselves. */
const ALONE =
  '--test-force-exit|--test-only|--no-*|--enable-*|--experimental-*|--trace-*|--expose-*|--preserve-*|--throw-deprecation'

/** A `node` to stand earlier on the PATH: names our options again where a script replaced NODE_OPTIONS. */
export function shim(options: string, marker: string, files: string[] | null): string {
  const [file] = files?.length === 1 ? files : []
  return `#!/bin/sh
case "$NODE_OPTIONS" in
*${marker}*) ;;
*) NODE_OPTIONS="${options} $NODE_OPTIONS"; export NODE_OPTIONS ;;
esac
${file === undefined ? '' : alone(quoted(file))}exec ${NODE} "$@"
`
}

/**
 * Where one file is wanted, `node --test` runs it by itself: a second process that only starts it would take as long again.
 * Only where every word up to the first that is no option is understood; anything else is left to the process itself,
 * which narrows what it runs once Node has read its options.
 */
const alone = (file: string): string => `test= value= options=0
for word in "$@"; do
  if [ -n "$value" ]; then value=
  else case $word in
    --test) test=1 ;;
    -*=*) ;;
    ${TAKES}) value=1 ;;
    ${ALONE}) ;;
    -*) test=; break ;;
    *) break ;;
  esac; fi
  options=$((options + 1))
done
case ${file} in "$PWD"/*) ;; *) test= ;; esac
if [ -n "$test" ]; then
  left=$#
  while [ "$left" -gt 0 ]; do
    word=$1; shift; left=$((left - 1))
    if [ "$options" -gt 0 ] && [ "$word" != --test ]; then set -- "$@" "$word"; fi
    options=$((options - 1))
  done
  set -- "$@" ${file}
fi
`

/** One word of the shell, whatever the repository calls its files. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

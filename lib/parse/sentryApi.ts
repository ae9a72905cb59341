import { createHash } from 'node:crypto'
import { isObject } from './json.ts'
import { listOf, numberOf, recordOf, textOf } from './loose.ts'

export type ApiEvent =
  | {
      ok: true
      /** 32 hex digits. */
      id: string
      /** Milliseconds since 1970: when Sentry received it, or else when it happened; null when it says neither. */
      at: number | null
      /** As an SDK would have sent it; not redacted. */
      body: Record<string, unknown>
    }
  | { ok: false; why: string }

/** What one event may hold of each: SDKs send less, and what reads the body keeps fewer. */
const ENTRIES_MAX = 20
const VALUES_MAX = 20
const FRAMES_MAX = 250
const CONTEXT_MAX = 40
const TAGS_MAX = 200
const CRUMBS_MAX = 100

/**
 * An event as Sentry's API shows it (camelCase, `entries`), put back into the shape its SDK sent, so that one reader serves
 * both. Of what the list of an issue's events leaves out (`release`, `environment`, `level`) the tags tell. Never throws.
 */
export function sdkEventOf(value: unknown): ApiEvent {
  if (!isObject(value)) return { ok: false, why: 'the event is not an object' }
  const tags = tagsOf(value.tags)
  const entries = entriesOf(value.entries)
  const exception = entries.get('exception')
  const message = recordOf(entries.get('message'))
  const text = message.formatted ?? message.message ?? value.message
  const body = present({
    event_id: value.eventID ?? value.id,
    type: value.type === 'transaction' ? 'transaction' : undefined,
    timestamp: value.dateCreated,
    platform: value.platform,
    level: tags.level,
    transaction: tags.transaction ?? value.culprit,
    release: releaseOf(value.release) ?? tags.release,
    environment: tags.environment,
    logentry: exception || typeof text !== 'string' || text === '' ? undefined : { formatted: text },
    exception: exception && { values: listOf(exception).slice(-VALUES_MAX).map(errorOf) },
    request: entries.has('request') ? requestOf(recordOf(entries.get('request'))) : undefined,
    breadcrumbs: entries.has('breadcrumbs')
      ? { values: listOf(entries.get('breadcrumbs')).slice(-CRUMBS_MAX) }
      : undefined,
    user: isObject(value.user) ? value.user : undefined,
    tags,
    contexts: isObject(value.contexts) ? value.contexts : undefined,
    extra: isObject(value.context) ? value.context : undefined,
    sdk: isObject(value.sdk) ? value.sdk : undefined,
  })
  return { ok: true, id: idOf(value), at: timeOf(value.dateReceived) ?? timeOf(value.dateCreated), body }
}

/** One without an id of its own is named by what it says of itself, so that it stays one when it is told again. */
function idOf(value: Record<string, unknown>): string {
  for (const given of [value.eventID, value.id]) {
    const plain = (textOf(given, 100) ?? '').replaceAll('-', '').toLowerCase()
    if (/^[0-9a-f]{32}$/.test(plain)) return plain
  }
  const said = ['groupID', 'dateReceived', 'dateCreated', 'title', 'message', 'culprit'].map((name) =>
    textOf(value[name]),
  )
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32)
}

/** ISO 8601; only with a zone, since a bare time would be read in this machine's. */
export function timeOf(value: unknown): number | null {
  const text = textOf(value, 40) ?? ''
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return null
  const at = Date.parse(text)
  return Number.isFinite(at) ? at : null
}

/**
 * `[{ key, value }]`, and `[[key, value]]` as webhooks have them; the first of a name counts. Who the user was is left out:
 * Sentry makes tags of it (`user`, `user.email`), and ids of people are stored as hashes alone.
 */
function tagsOf(value: unknown): Record<string, string> {
  const tags: Record<string, string> = Object.create(null)
  for (const tag of listOf(value).slice(0, TAGS_MAX)) {
    const [key, told] = Array.isArray(tag) ? tag : [recordOf(tag).key, recordOf(tag).value]
    const [name, text] = [textOf(key, 200), textOf(told, 2000)]
    if (name !== null && text !== null && !/^user(?:\.|$)/.test(name)) tags[name] ??= text
  }
  return tags
}

/** By type; the first of a type counts. */
function entriesOf(value: unknown): Map<string, unknown> {
  const entries = new Map<string, unknown>()
  for (const entry of listOf(value).slice(0, ENTRIES_MAX)) {
    const { type, data } = recordOf(entry)
    if (typeof type === 'string' && !entries.has(type) && isObject(data)) entries.set(type, data)
  }
  return entries
}

const releaseOf = (value: unknown): unknown => (isObject(value) ? value.version : value)

function errorOf(value: unknown): Record<string, unknown> {
  const { type, value: message, module, mechanism, threadId, stacktrace, rawStacktrace } = recordOf(value)
  // The mapped stack; what a bundler made of it only where nothing was mapped.
  const frames = listOf(recordOf(stacktrace ?? rawStacktrace).frames)
  return present({
    type,
    value: message,
    module,
    mechanism: isObject(mechanism) ? mechanism : undefined,
    thread_id: threadId,
    stacktrace: frames.length > 0 ? { frames: frames.slice(-FRAMES_MAX).map(frameOf) } : undefined,
  })
}

function frameOf(value: unknown): Record<string, unknown> {
  const frame = recordOf(value)
  const line = numberOf(frame.lineNo)
  const context = linesOf(frame.context)
  return present({
    filename: frame.filename,
    abs_path: frame.absPath,
    module: frame.module,
    function: frame.function,
    lineno: line,
    colno: numberOf(frame.colNo),
    in_app: frame.inApp,
    pre_context: context.filter(([at]) => line !== null && at < line).map(([, text]) => text),
    context_line: context.find(([at]) => at === line)?.[1],
    post_context: context.filter(([at]) => line !== null && at > line).map(([, text]) => text),
    vars: isObject(frame.vars) ? frame.vars : undefined,
  })
}

/** `[[41, "  const a = 1"], …]`. */
function linesOf(value: unknown): [number, string][] {
  return listOf(value)
    .slice(0, CONTEXT_MAX)
    .flatMap((pair): [number, string][] => {
      const [at, text] = Array.isArray(pair) ? pair : []
      return typeof at === 'number' && typeof text === 'string' ? [[at, text]] : []
    })
}

/** Cookies are left out: nothing of them may be stored, and nothing reads them. */
const requestOf = ({ method, url, query, headers, data }: Record<string, unknown>): Record<string, unknown> =>
  present({ method, url, query_string: query, headers, data })

/** Without what is not there; a name from outside is never the prototype. */
function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => {
      if (value === undefined || value === null) return false
      return Array.isArray(value) ? value.length > 0 : true
    }),
  )
}

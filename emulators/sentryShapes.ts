import type { EmulatedIssue, SdkEvent, StoredEvent } from './sentryTypes.ts'

type Fields = Record<string, unknown>

const iso = (at: number) => new Date(at).toISOString()
const fields = (value: unknown): Fields => (value !== null && typeof value === 'object' ? (value as Fields) : {})
const values = (value: unknown): unknown[] => {
  const list = Array.isArray(value) ? value : fields(value).values
  return Array.isArray(list) ? list : []
}
const pairs = (value: unknown): [string, unknown][] =>
  Array.isArray(value) ? (value as [string, unknown][]) : Object.entries(fields(value))

const lastSeen = (issue: EmulatedIssue) => Math.max(...issue.events.map(({ happened }) => happened))

/** An issue as lists and its own page show it; without a stack. */
export function issueBody(issue: EmulatedIssue, seen: StoredEvent[] = issue.events): Fields {
  const at = seen.map(({ happened }) => happened)
  const { id, shortId, title, culprit, status, substatus, statusDetails, category } = issue
  return {
    ...{ id, shortId, title, culprit, status, substatus, statusDetails, type: 'error', issueCategory: category },
    ...{ level: 'error', priority: 'high', platform: 'node', isUnhandled: true, assignedTo: null, annotations: [] },
    count: String(seen.length),
    userCount: new Set(seen.map(({ body }) => JSON.stringify(body.user ?? null))).size,
    firstSeen: iso(Math.min(...at)),
    lastSeen: iso(Math.max(...at)),
    lifetime: { count: String(issue.events.length), lastSeen: iso(lastSeen(issue)) },
    project: { ...issue.project, name: issue.project.slug, platform: 'node' },
    metadata: { type: title.split(':')[0], value: title },
    numComments: issue.comments.length,
  }
}

/** What lists of events show of one without `full`. */
export function eventLine(event: StoredEvent, issue: EmulatedIssue): Fields {
  return {
    ...{ id: event.id, eventID: event.id, groupID: issue.id, projectID: issue.project.id },
    ...{ 'event.type': 'error', title: issue.title, culprit: issue.culprit, message: issue.title },
    ...{ tags: tagsOf(event), dateCreated: iso(event.happened), user: event.body.user ?? null, platform: 'node' },
  }
}

/** The whole event, camelCase and in `entries`. Its release stands in the tags alone: only the page of one event has it. */
export function eventBody(event: StoredEvent, issue: EmulatedIssue): Fields {
  const { body } = event
  return {
    ...eventLine(event, issue),
    ...{ type: 'error', dateReceived: iso(event.received), size: JSON.stringify(body).length, errors: [] },
    ...{ contexts: body.contexts ?? {}, context: body.extra ?? {}, sdk: body.sdk ?? null, entries: entriesOf(body) },
    ...{ fingerprints: [issue.id], metadata: { type: issue.title.split(':')[0] } },
  }
}

export const eventPage = (event: StoredEvent, issue: EmulatedIssue): Fields => ({
  ...eventBody(event, issue),
  release: event.release && { version: event.release, shortVersion: event.release.slice(0, 12) },
  ...{ previousEventID: null, nextEventID: null, userReport: null },
})

/** Tags of the app's, and those Sentry makes itself, in the order of their names. */
function tagsOf({ body, environment, release }: StoredEvent): { key: string; value: string }[] {
  const user = fields(body.user)
  const own = Object.fromEntries(pairs(body.tags).map(([key, value]) => [key, String(value)]))
  const made = {
    ...{ environment, release, level: body.level ?? 'error', transaction: body.transaction },
    user: user.id === undefined ? undefined : `id:${user.id}`,
  }
  return Object.entries({ ...own, ...made })
    .flatMap(([key, value]) => (value === undefined || value === null ? [] : [{ key, value: String(value) }]))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

function entriesOf(body: SdkEvent): Fields[] {
  const errors = values(body.exception)
  const text = typeof body.message === 'string' ? body.message : fields(body.logentry).formatted
  const entries: (Fields | false)[] = [
    errors.length > 0 && {
      type: 'exception',
      data: { values: errors.map(errorOf), hasSystemFrames: true, excOmitted: null },
    },
    text !== undefined && { type: 'message', data: { formatted: text } },
    body.breadcrumbs !== undefined && { type: 'breadcrumbs', data: { values: values(body.breadcrumbs) } },
    body.request !== undefined && { type: 'request', data: requestOf(fields(body.request)) },
  ]
  return entries.filter((entry) => entry !== false)
}

function errorOf(value: unknown): Fields {
  const { type, value: message, module, mechanism, thread_id, stacktrace } = fields(value)
  const frames = values(fields(stacktrace).frames).map(frameOf)
  return {
    ...{ type, value: message, module: module ?? null, mechanism: mechanism ?? null, threadId: thread_id ?? null },
    stacktrace: stacktrace === undefined ? null : { frames, framesOmitted: null, hasSystemFrames: true },
    rawStacktrace: null,
  }
}

function frameOf(value: unknown): Fields {
  const frame = fields(value)
  const line = Number(frame.lineno)
  const before = (frame.pre_context as string[] | undefined) ?? []
  const after = (frame.post_context as string[] | undefined) ?? []
  const context = [
    ...before.map((text, i) => [line - before.length + i, text]),
    ...(frame.context_line === undefined ? [] : [[line, frame.context_line]]),
    ...after.map((text, i) => [line + 1 + i, text]),
  ]
  return {
    ...{ filename: frame.filename, absPath: frame.abs_path ?? frame.filename, module: frame.module ?? null },
    ...{ function: frame.function ?? null, lineNo: frame.lineno ?? null, colNo: frame.colno ?? null },
    ...{ inApp: frame.in_app ?? false, context, vars: frame.vars ?? null, platform: null, errors: null },
  }
}

/** Sentry takes the query out of the address, names headers its own way, and reads a body that is JSON. */
function requestOf(request: Fields): Fields {
  const [url = '', query] = String(request.url ?? '').split('?')
  const headers = pairs(request.headers).map(([name, value]) => [
    name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
    value,
  ])
  return {
    ...{ method: request.method ?? null, url, headers, cookies: pairs(request.cookies), env: null, fragment: null },
    query: query === undefined ? pairs(request.query_string) : [...new URLSearchParams(query)],
    data: parsed(request.data),
    inferredContentType: 'application/json',
  }
}

function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : (data ?? null)
  } catch {
    return data
  }
}

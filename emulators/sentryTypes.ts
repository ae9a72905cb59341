/** An event as an SDK sends it. */
export type SdkEvent = Record<string, unknown>

export type Scope = 'event:read' | 'event:write' | 'project:read' | 'org:read'

export interface StoredEvent {
  id: string
  /** Milliseconds since 1970: when it happened, by the app's clock, and when it came, by Sentry's. */
  happened: number
  received: number
  environment: string | null
  release: string | null
  body: SdkEvent
}

export interface Comment {
  id: string
  text: string
  at: number
}

export interface EmulatedIssue {
  id: string
  shortId: string
  project: EmulatedProject
  title: string
  culprit: string
  category: string
  /** What events of one issue have in common. */
  groupedAs: string
  status: 'unresolved' | 'resolved' | 'ignored'
  substatus: string | null
  statusDetails: Record<string, unknown>
  /** In the order they came. */
  events: StoredEvent[]
  comments: Comment[]
}

export interface EmulatedProject {
  id: string
  slug: string
}

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
  headers: Record<string, string>
}

export interface Answer {
  status: number
  json?: unknown
  headers?: Record<string, string>
}

export const no = (status: number, detail: string): Answer => ({ status, json: { detail } })
export const ok = (json: unknown, headers: Record<string, string> = {}): Answer => ({ status: 200, json, headers })

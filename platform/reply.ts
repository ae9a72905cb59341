/** What the API answers. */
export interface Reply {
  status: number
  body: unknown
}

export function answer(status: number, body: unknown): Reply {
  return { status, body }
}

/** An error a program can tell by its code and a person by its message; facts stand beside it. */
export function refusal(status: number, code: string, message: string, facts: Record<string, unknown> = {}): Reply {
  return { status, body: { error: { code, message }, ...facts } }
}

/** The tag that an installation's own errors carry. Its value is made with a key, so that no app can hide its errors behind it. */
export const OWN_TAG = 'nightshift.self'

/** Whether an event, in the shape of an SDK or of Sentry's API, is one of this installation's own. */
export function isOwn(event: Record<string, unknown>, mark: string): boolean {
  const { tags } = event
  if (Array.isArray(tags)) return tags.some((tag) => sameTag(tag, mark))
  return typeof tags === 'object' && tags !== null && (tags as Record<string, unknown>)[OWN_TAG] === mark
}

/** `[name, value]`, as SDKs may send them, or `{key, value}`, as the API tells them. */
function sameTag(tag: unknown, mark: string): boolean {
  if (Array.isArray(tag)) return tag[0] === OWN_TAG && tag[1] === mark
  if (typeof tag !== 'object' || tag === null) return false
  const { key, value } = tag as { key?: unknown; value?: unknown }
  return key === OWN_TAG && value === mark
}

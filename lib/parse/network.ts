/**
 * Whether a failure began on the network: then there is no code to repair, and in a sandbox without network every
 * outbound call fails the same way, which proves nothing.
 */

/** Codes of the system, of undici and of the resolver, as they stand in messages and types. */
const CODES =
  /(?<![A-Za-z\d_])(?:E(?:CONNREFUSED|CONNRESET|CONNABORTED|NOTFOUND|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|PIPE|AI_(?:AGAIN|FAIL|NODATA|NONAME)|SOCKETTIMEDOUT)|UND_ERR_[A-Z_]{2,40})(?![A-Za-z\d_])/
const TYPES = /^(?:ConnectTimeout|HeadersTimeout|BodyTimeout|Socket|Fetch)Error$/
const WORDS =
  /fetch failed|socket hang up|network ?error|getaddrinfo|other side closed|connect(?:ion)? (?:timeout|timed out|refused|reset)|operation was aborted due to timeout/i
/** An answer of another host with 500 to 599, in the words clients use. */
const UPSTREAM =
  /(?:status(?: code)?|answered|responded|returned|replied|HTTP(?:\/[\d.]{1,3})?)(?: with)?(?: status| code| HTTP)?[ :=]{1,3}5\d\d(?!\d)|(?<!\d)5\d\d (?:bad gateway|service unavailable|gateway time-?out|internal server error)|^(?:bad gateway|service unavailable|gateway time-?out)$/i
const MESSAGE_MAX = 4096

/** @param causes from the thrown error down to its root: only the root decides. */
export function isNetwork(causes: readonly { type: string; message: string }[]): boolean {
  const root = causes.at(-1)
  if (!root) return false
  const message = root.message.slice(0, MESSAGE_MAX)
  return (
    TYPES.test(root.type) ||
    CODES.test(root.type) ||
    CODES.test(message) ||
    WORDS.test(message) ||
    UPSTREAM.test(message)
  )
}

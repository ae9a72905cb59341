/** How something failed, in the words in which an event and a test can be compared. All text is untrusted. */
export interface Crash {
  /** The error's class, without package or module. */
  type: string
  /** The innermost place that lies in the repository; null where none does. */
  path: string | null
  /** Without what runtimes put around a name; empty where it has none. */
  function: string
  /** The line's own text, white space folded; null where it is not known, or stands in the file no more. */
  statement: string | null
  /** Without what differs from event to event. */
  message: string
}
